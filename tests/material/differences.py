"""The differences of a live common view in the order in which a pair walks them."""

from app.comparing.common_view.editor import CommonViewEditor
from app.comparing.walk import Filter, walked
from app.model.decision import Decision


def differences(editor: CommonViewEditor, wanted: Filter | None = None) -> tuple[Decision, ...]:
    """The differences asked for, the weightiest first."""
    return walked(editor.compared, editor.common.decisions.values(), wanted)
