"""The certificate of an erasing on paper: what is gone from this archive, and what the archive cannot vouch for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from reportlab.platypus import Spacer

from app.i18n import N_, Texts
from app.model.erasure import Certificate, ErasedFilm, Ground, MadeBackup, Original, SentPackage, Whole
from app.reports import page_style as look
from app.reports.archival import About
from app.reports.left_words import left_words
from app.reports.letters import printable
from app.reports.page_frame import Sheet, made_into_pages
from app.reports.table_layout import facts_table, table
from app.reports.tagged import Node, item, paragraph

GROUNDS = {
    Ground.MISTAKE: N_("taken in by mistake"),
    Ground.WITHDRAWN: N_("consent withdrawn"),
    Ground.RETENTION: N_("the time of keeping is over"),
    Ground.OTHER: N_("other ground"),
}
#: of a whole case
CASE_GROUNDS = {**GROUNDS, Ground.MISTAKE: N_("opened by mistake")}
ORIGINALS = {
    Original.CARD: N_("on a camera's memory card"),
    Original.PHONE: N_("on a phone"),
    Original.VIDEO_LINK: N_("among the recordings of a video link"),
    Original.COMPUTER: N_("on a computer or another disk"),
    Original.GONE: N_("destroyed already, as the worker says"),
    Original.UNKNOWN: N_("place not known"),
}
#: what rows are called that are erased by deletion; of each, how many
ROWS = {
    "client_case": N_("Cases"),
    "person": N_("Persons"),
    "kept_apart": N_("Pairs kept apart"),
    "circumstance": N_("Dated facts of persons"),
    "showing": N_("Texts of how the child shows it"),
    "commission": N_("Commissions"),
    "case_rule": N_("Rules of retention of cases"),
    "consent": N_("Consents"),
    "consent_form": N_("Photographs of consent forms"),
    "request": N_("Requests about the data"),
    "hold": N_("Legal holds"),
    "goal": N_("Goals"),
    "goal_review": N_("Reviews of goals"),
    "service_feedback": N_("Feedback forms after services"),
    "meeting_note": N_("Notes of meetings"),
    "controller_decision": N_("Decisions of the controller"),
    "meeting": N_("Meetings"),
    "guest_pass": N_("Guests' passes"),
    "taken_package": N_("Packages taken in"),
    "reliability_sample": N_("Draws of tasks for a second coding"),
    "sent_coding": N_("Codings sent to a partner"),
    "partner_coding": N_("Codings of a partner taken in"),
    "segment": N_("Tasks on films"),
    "recording": N_("Films' rows"),
    "derived_file": N_("Rows of small copies"),
    "example_clip": N_("Example clips"),
    "clip": N_("Moments chosen for feedback"),
    "clip_cover": N_("Covers of moments"),
    "feedback_talk": N_("Feedback talks"),
    "clip_words": N_("Words said in feedback talks"),
    "service_work": N_("Services"),
    "form_row": N_("Filled forms of services"),
    "open_recording": N_("Films being recorded"),
    "live_mark": N_("Marks made while filming"),
    "filming_event": N_("Happenings while filming"),
    "talk": N_("Talks after filming"),
    "utterance": N_("Lines of what was said on films"),
    "coding": N_("Codings"),
    "sealed_coding": N_("Sealed codings"),
    "sealed_choice": N_("Sealed moments for feedback, by who chose them"),
    "observation": N_("Observations"),
    "mark": N_("Coders' marks"),
    "rating": N_("Ratings"),
    "bookmark": N_("Bookmarks"),
    "common_view": N_("Common views"),
    "decision": N_("Decisions on differing points"),
    "reference": N_("Reference codings"),
    "origin": N_("Origins of parts of common views"),
    "private_note": N_("Own notes"),
    "statement": N_("Statements"),
    "paragraph": N_("Paragraphs of statements"),
    "evidence": N_("Evidence of statements"),
    "approved_text": N_("Texts as they were approved"),
    "reading": N_("Goings through statements with clients"),
    "margin_comment": N_("Comments in the margins of statements"),
    "final_statement": N_("Kept final documents"),
    "signature": N_("Electronic signatures and signed files"),
    "paper_signature": N_("Notes of signatures on paper"),
    "redaction": N_("Marks of redacted copies"),
    "redacted_copy": N_("Redacted copies"),
    "statement_delivery": N_("Deliveries of statements"),
    "supervision_agreement": N_("Supervision agreements"),
    "supervision_session": N_("Sessions of supervision"),
    "goal_rating": N_("Ratings of goals"),
    "supervision_evaluation": N_("Evaluations of supervision"),
    "clip_use": N_("Clips brought to supervision"),
    "reflection": N_("Marks to clips in supervision"),
    "sealed_notebook": N_("Sealed own notes of supervision"),
}
#: work of no case, within a sentence
WHOLES = {
    Whole.SUPERVISION: N_("a whole supervision"),
    Whole.SERVICE: N_("a whole group, consultation or training"),
}


def erasure_certificate(certificate: Certificate, texts: Texts, under: Sequence[tuple[str, str]] = ()) -> bytes:
    """The certificate as PDF; `under` are rows that say on whose behalf it was kept, and by which rule."""
    look.load_fonts()
    return _Page(certificate, texts, under).made()


class _Page:
    def __init__(self, certificate: Certificate, texts: Texts, under: Sequence[tuple[str, str]]) -> None:
        self._told, self._erasure, self._t = certificate, certificate.erasure, texts
        self._under = under
        self._tree, self._story = Node("Document"), list[Any]()

    def made(self) -> bytes:
        t, erasure = self._t, self._erasure
        day = erasure.at.astimezone().date()
        title = t.tr("Certificate of erasure")
        self._say("H1", title, "title")
        self._say("P", t.tr("Erased from this archive"), "body")
        self._facts()
        if erasure.films or erasure.pages:
            self._by_key()
        if erasure.rows:
            self._by_deletion()
        self._backups()
        if erasure.films:
            self._packages()
            self._left()
        self._outside()
        sheet = Sheet(title, (), f"Havainto · {t.date(day)}", "{page} / {pages}")
        return made_into_pages(self._story, self._tree, sheet, About(title, t.language, day))

    def _facts(self) -> None:
        t, erasure = self._t, self._erasure
        ground = t.tr((GROUNDS if erasure.is_of_film else CASE_GROUNDS)[erasure.ground])
        facts = [
            (t.tr("What was erased"), self._what()),
            (t.tr("Erased"), self._moment(erasure.at)),
            (t.tr("Erased by"), self._told.worker),
            (t.tr("Confirmed by"), self._second()),
            (t.tr("Ground"), f"{ground}: {erasure.words}" if erasure.words else ground),
            (t.tr("Finished"), self._finished()),
            (t.tr("Certificate"), erasure.id),
            (t.tr("Case") if erasure.whole is None else t.tr("Id"), erasure.case_id),
            *self._under,
        ]
        about = t.tr("Who erased, when and on what ground")
        rows = [(name, _clean(value)) for name, value in facts]
        self._story += [facts_table(self._tree, rows, about, look.TEXT_WIDTH), Spacer(1, 6)]

    def _what(self) -> str:
        """A whole case, a whole of no case, or one film."""
        t, films = self._t, len(self._erasure.films)
        if self._erasure.whole is not None:
            return t.tr(WHOLES[self._erasure.whole])
        if not self._erasure.is_of_case:
            return t.trn("{n} film", "{n} films", films)
        whole = t.tr("a whole case")
        return f"{whole}, {t.trn('{n} film', '{n} films', films)}" if films else whole

    def _second(self) -> str:
        """The other worker, or why there was none."""
        t, erasure = self._t, self._erasure
        if erasure.second_id:
            return t.tr("{name}, with an own sign-in", name=self._told.second)
        if erasure.alone:
            return t.tr("nobody else: the archive had no other worker")
        return t.tr("one worker: taken in by mistake, and nothing rested on it")

    def _finished(self) -> str:
        done = self._erasure.finished
        if done is None:
            return self._t.tr("not yet: files are still to be removed, which nobody can open")
        return self._moment(done)

    def _by_key(self) -> None:
        t, erasure = self._t, self._erasure
        self._say("H2", t.tr("Erased by key"), "h2")
        self._say(
            "P",
            t.tr(
                "Each film and document lies encrypted under a key of its own. The key was overwritten in the archive, "
                "so nobody can open the files any more, wherever they are; then the files were removed."
            ),
            "body",
        )
        self._list([*map(self._film, erasure.films), *(self._document(p.sha256, p.size) for p in erasure.pages)])

    def _film(self, film: ErasedFilm) -> str:
        t = self._t
        about = [
            t.tr("Film, camera {n}", n=film.camera),
            t.clock(film.length, digits=0),
            t.size(film.size),
        ]
        if film.copies:
            about.append(t.trn("with {n} copy made from it", "with {n} copies made from it", film.copies))
        named = t.tr("Id")
        return f"{', '.join(about)}. {named} {film.id}. SHA-256 {film.sha256}."

    def _document(self, sha256: str, size: int) -> str:
        called = self._t.tr("Final document of a statement")
        return f"{called}, {self._t.size(size)}. SHA-256 {sha256}."

    def _by_deletion(self) -> None:
        t, rows = self._t, self._erasure.rows
        self._say("H2", t.tr("Erased by deletion"), "h2")
        self._say(
            "P",
            t.tr(
                "These rows were deleted with what their history held of them, overwritten, and the database was "
                "written anew without them."
            ),
            "body",
        )
        cells = [(t.tr("Kind"), t.tr("Number")), *((t.tr(ROWS.get(r.kind, r.kind)), str(r.count)) for r in rows)]
        self._story.append(table(self._tree, cells, t.tr("Rows erased by deletion"), look.TEXT_WIDTH))

    def _backups(self) -> None:
        t = self._t
        self._say("H2", t.tr("Backups made before"), "h2")
        left = [b for b in self._told.backups if b.gone is None]
        if left:
            self._say(
                "P",
                t.tr(
                    "What was erased here may still be in these backups, and opens from them with a passphrase of "
                    "that time. They have not been seen to be gone."
                ),
                "body",
            )
        elif self._told.backups:
            self._say("P", t.tr("The backups made before have all been seen to be gone."), "body")
        else:
            self._say("P", t.tr("This archive knows of no backup in which it could still be."), "body")
        expires = self._told.last_expires
        if expires is not None:
            self._say(
                "P",
                t.trn(
                    "Backups are kept for {n} month. The last of these expires {day}; from then on the program removes "
                    "it when its disk is connected and a newer backup has been made. A disk that is not connected is "
                    "not reached.",
                    "Backups are kept for {n} months. The last of these expires {day}; then the program removes "
                    "them when their disk is connected and a newer backup has been made. A disk that is not connected "
                    "is not reached.",
                    self._erasure.kept_months,
                    day=t.date(expires),
                ),
                "body",
            )
        self._list([self._backup(b) for b in self._told.backups])

    def _backup(self, backup: MadeBackup) -> str:
        t = self._t
        said = f"{backup.id}, {self._moment(backup.made)}"
        if backup.folder:
            said += f", {backup.folder}"
        if backup.gone is not None:
            gone = t.tr("seen to be gone {when}", when=self._moment(backup.gone))
            said += f" – {gone}"
        return said

    def _packages(self) -> None:
        t = self._t
        self._say("H2", t.tr("Packages to other computers"), "h2")
        if self._told.packages:
            self._say(
                "P",
                t.tr(
                    "Films that were erased here went to a partner's computer in these packages. There, and in the "
                    "packages' own files, they stay until they are erased there: this archive cannot reach them."
                ),
                "body",
            )
        else:
            self._say("P", t.tr("No package with these films was made in this archive."), "body")
        self._list([self._package(p) for p in self._told.packages])

    def _package(self, package: SentPackage) -> str:
        named = self._t.tr("Id")
        return f"{package.to}, {self._moment(package.at)}. {named} {package.id}."

    def _left(self) -> None:
        """To whom of the family a moment went is not printed: the certificate tells nothing of them."""
        t = self._t
        self._say("H2", t.tr("Covered moments handed out"), "h2")
        if self._told.left:
            self._say(
                "P",
                t.tr(
                    "These moments of the films left as files of their own and lie outside this archive, which cannot "
                    "reach them: they stay until whoever has them destroys them."
                ),
                "body",
            )
        else:
            self._say("P", t.tr("No moment of these films was handed out as a file."), "body")
        self._list([left_words(t, clip) for clip in self._told.left])

    def _outside(self) -> None:
        t = self._t
        self._say("H2", t.tr("Outside this archive"), "h2")
        lies = sorted({f.original for f in self._erasure.films if f.original != Original.NONE})
        self._list(
            [
                *(
                    t.tr("The file that the film was taken in from: {where}.", where=t.tr(ORIGINALS[original]))
                    for original in lies
                ),
                t.tr(
                    "Files that were handed over, printed or copied out of the program lie outside this archive, and "
                    "so does what was written into other systems."
                ),
            ]
        )

    def _moment(self, at: datetime) -> str:
        local = at.astimezone()
        return f"{self._t.date(local.date())} {self._t.time(local)}"

    def _say(self, tag: str, words: str, style: str) -> None:
        made = look.style(style)
        self._story.append(paragraph(self._tree.add(tag), ((_clean(words), made.fontName),), made))

    def _list(self, lines: list[str]) -> None:
        if lines:
            node = self._tree.add("L", numbering="Disc")
            for line in lines:
                spans = ((_clean(line), look.REGULAR),)
                self._story.append(item(node, "•", spans, look.style("item"), look.style("label")))


def _clean(text: str) -> str:
    return printable(text)
