"""A template of 20 phases and 200 fields opened with its filled work, from the encrypted archive."""

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from app.model.change import added
from app.model.identity import new_id
from app.model.service_work import FormRow
from app.model.template import FieldKind, Form, Phase, Step
from app.model.template_checks import template_problems
from app.model.template_file import parse_template, write_template
from app.schemes import library
from app.works.work_file import work_file
from tests.benchmarks.figures import ratio, row
from tests.material import templates
from tests.material.archives import Pair, SqlArchive
from tests.material.builders import words

PHASES, FORMS, FIELDS, RUNS = 20, 20, 10, 20


def main() -> None:
    kinds = (FieldKind.LINE, FieldKind.TEXT, FieldKind.CHOICE, FieldKind.DATE, FieldKind.SEVERAL)
    forms = tuple(
        Form(f"form-{n}", words(f"Lomake {n}"), tuple(templates.field(f"f-{m}", kinds[m % 5]) for m in range(FIELDS)))
        for n in range(FORMS)
    )
    phases = tuple(
        Phase(f"phase-{n}", words(f"Vaihe {n}"), (Step(f"step-{n}", words("Askel"), f"form-{n}"),), words("Mitä"))
        for n in range(PHASES)
    )
    bare = templates.template()
    made = replace(bare, id="suuri", forms=forms, phases=phases, outputs=(), approvals=(), roles=())
    assert template_problems(made) == ()
    text = write_template(made)
    with tempfile.TemporaryDirectory() as place:
        archive = SqlArchive(Path(place))
        ids = tuple(new_id() for _ in range(3))
        pair = Pair(*(archive.open(i) for i in ids))
        pair.begin(ids)
        work = templates.begun(pair.a, made, pair.case.id)
        rows = [FormRow(new_id(), work.id, form.id) for form in forms]
        rows = [r.with_value(forms[n].fields[0], "sanat " * 9) for n, r in enumerate(rows)]
        pair.a.apply("filled", [added(r) for r in rows])
        opened, parsed, spent = [], [], []
        for _ in range(RUNS):
            library.template_in.cache_clear()
            begun, worked = time.perf_counter(), time.process_time()
            file = work_file(pair.a, work.id)
            states = [file.phase_state(phase) for phase in file.template.phases]
            opened.append(time.perf_counter() - begun)
            spent.append(time.process_time() - worked)
            assert len(states) == PHASES
            begun = time.perf_counter()
            parse_template(text)
            parsed.append(time.perf_counter() - begun)
        archive.close()
    whole = row(f"a template of {PHASES} phases and {FORMS * FIELDS} fields opened with its work", opened)
    cpu = row("the same, of the processor", spent)
    row("of that, its text read", parsed)
    ratio("100 ms over the opening", 0.1 / whole, ">= 1")
    ratio("the same by the processor's time", 0.1 / cpu, ">= 1")


if __name__ == "__main__":
    main()
