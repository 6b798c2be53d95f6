"""What the memory store says of all cases of an office at once."""

from collections import Counter

from app.model.coding import CodingState
from app.model.commission import Commission
from app.model.final_statement import FinalStatement
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.recording import Recording
from app.model.statement import Statement, StatementStage
from app.ports.overviews import CaseOver, FilmOver, PairOver, due_of, in_order


class FakeOverviews:
    """Reads everything through the store's own `find`."""

    def films_kept(self):
        return tuple(film.id for film in self.find(Recording, erased=None))

    def finals_without_document(self):
        kept = {final.statement_id for final in self.find(FinalStatement)}
        return tuple(s.id for s in self.find(Statement) if s.is_final and s.id not in kept and not self._is_guest())

    def films_over(self, final_by, closed_by, *, mine=False):
        if self._is_guest():
            return ()
        cases = {c.id: c for c in self.find(Case) if not mine or self.worker.id in (c.lead, c.partner)}
        meetings = {m.id: m for m in self.find(Meeting) if m.case_id in cases}
        finals = {
            c: [s.finalized.date() for s in self.find(Statement, case_id=c) if s.finalized and not s.is_note]
            for c in cases
        }

        def may(film, case) -> bool:
            is_closed = closed_by is not None and case.closed is not None and case.closed <= closed_by
            is_final = final_by is not None and any(day <= final_by for day in finals[case.id])
            return film.closed_from_use is not None or is_closed or is_final

        held = [(f, meetings[f.meeting_id]) for f in self.find(Recording, erased=None) if f.meeting_id in meetings]
        return tuple(FilmOver(m.case_id, m.id, f.closed_from_use) for f, m in held if may(f, cases[m.case_id]))

    def open_cases(self):
        if self._is_guest():
            return ()
        return in_order([CaseOver(c.id, c.lead, c.partner, self._due(c)) for c in self.find(Case, closed=None)])

    def _is_guest(self) -> bool:
        return self.archive.sight(self._me) is not None

    def _due(self, case):
        commissions = self.find(Commission, case_id=case.id)
        held = (s for s in self.find(Statement, case_id=case.id) if not s.is_note)
        statements = sorted(held, key=lambda s: (s.version, s.id))
        is_delivered = bool(statements) and statements[-1].stage == StatementStage.DELIVERED
        return due_of(commissions[-1] if commissions else None, is_delivered=is_delivered)

    def work_of_pairs(self, days):
        if self._is_guest():
            return ()
        counted = {name: Counter() for name in ("cases", "meetings", "to_code", "drafts")}
        for case in self.find(Case):
            pair = min(case.lead, case.partner), max(case.lead, case.partner)
            meetings = self.find(Meeting, case_id=case.id)
            held = sum(m.takes_place and days.begin <= m.held < days.end for m in meetings)
            counted["meetings"][pair] += held
            if case.closed is None:
                counted["cases"][pair] += 1
                counted["to_code"][pair] += sum(self._is_to_be_coded(m) for m in meetings)
                counted["drafts"][pair] += self._drafts(case)
        pairs = sorted({pair for some in counted.values() for pair, number in some.items() if number})
        return tuple(PairOver(*pair, **{name: some[pair] for name, some in counted.items()}) for pair in pairs)

    def _is_to_be_coded(self, meeting) -> bool:
        ready = [state for state in self.coding_states(meeting.id).values() if state == CodingState.READY]
        return len(ready) < 2 and bool(self.find(Recording, meeting_id=meeting.id, erased=None, closed_from_use=None))

    def _drafts(self, case) -> int:
        newest = {}
        for statement in sorted(self.find(Statement, case_id=case.id), key=lambda s: s.version):
            newest[statement.series] = statement
        return sum(not statement.is_final for statement in newest.values())
