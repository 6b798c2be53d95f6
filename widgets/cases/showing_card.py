"""*Näin lapsi näyttää*: how the child shows contact, distress and no, written before anybody codes."""

from __future__ import annotations

from app.casework.case_file import CaseFile
from app.casework.showing import newest
from widgets.cases.people_acts import PeopleActs
from widgets.forms.form import Form
from widgets.forms.showing_parts import parts
from widgets.look.parts import Card, label, section_label


class ShowingCard(Card):
    """The newest version; what was read by coders stays as they read it, and writing begins another one."""

    def __init__(self, section: PeopleActs) -> None:
        super().__init__(spacing=12, padding=20)
        t = self._texts = section.texts
        self.form = Form(t, section.write_showing)
        self.column.addWidget(section_label(t.tr("How this child shows it")))
        words = t.tr(
            "In a few words, before coding. It stands beside the keys for both coders: gaze and three-second rules "
            "may mislead, and both would make the same mistake."
        )
        self.column.addWidget(label(words, "caption", wrap=True))
        for key, name in parts(t):
            self.column.addWidget(self.form.text(key, name))
        self.state = label("", "caption", wrap=True)
        self.column.addWidget(self.state)

    def show_case(self, file: CaseFile, *, anew: bool) -> None:
        t, last = self._texts, newest(file.showings)
        contact, distress, no = ("", "", "") if last is None else last.words
        self.form.load({"contact": contact, "distress": distress, "no": no}, anew=anew)
        said = "" if last is None or last.written is None else t.tr("Written {day}.", day=t.date(last.written))
        if last is not None and last.read_in:
            said += " " + t.trn(
                "It was read in coding {n} meeting, and stays there as it is.",
                "It was read in coding {n} meetings, and stays there as it is.",
                len(last.read_in),
            )
        self.state.setText(said.strip())
        self.state.setVisible(bool(said))
