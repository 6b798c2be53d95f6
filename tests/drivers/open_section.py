"""Looking at a section of a case: it comes to the front, where it is read, as after a press on its tab."""

from typing import Any

from widgets.cases.cases_screen import CasesScreen
from widgets.cases.section import Section


class Opened:
    """The place *Asiakkaat*, of which a section that a test names is in front. All else is the screen's own."""

    def __init__(self, screen: CasesScreen) -> None:
        self.screen = screen

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.screen, name)
        if isinstance(found, Section):
            self.screen.show_section(found)
        return found
