#!/bin/sh
# PySide6-Essentials 6.11.3 (PyPI): accessible objects of one's own, and choice boxes, on Linux.
#
# Most would guess: `interface_cast` says "I have none of these" with None or 0, as Qt does with a null pointer; an
# accessible child that was handed to Qt lives as long as Qt may ask it; and `setAccessibleName` names a choice box.
# Seen:
#  - with None or 0 from `interface_cast` the process ends with a segmentation fault at the reader's first question
#    (`shiboken6.VoidPtr(0)` is what is wanted; the stubs say `int`);
#  - a child made in `child()` goes with its last Python name, though Qt gave it a number and holds it: the next question
#    by that number ends the process. One that is kept by hand, and given back with `deleteAccessibleInterface`, is sound;
#  - what a factory of `installFactory` gave is never let go of before the program ends, also when its widget is gone;
#  - a QComboBox has what is chosen in it for its name, whatever `setAccessibleName` says; a label that has it for its
#    buddy is told as a relation, hidden or not, wherever it lies.
# What follows: return VoidPtr(0), keep children in a dict by the number of `registerAccessibleInterface`, give every
# choice box a label, which need not be seen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
export QT_QPA_PLATFORM=offscreen
cat > "$folder/cast.py" <<'PY'
import sys

from PySide6.QtGui import QAccessibleInterface
from PySide6.QtWidgets import QApplication
from shiboken6 import VoidPtr

app = QApplication([])


class Thing(QAccessibleInterface):
    def interface_cast(self, kind):
        return {"None": None, "0": 0, "VoidPtr(0)": VoidPtr(0)}[sys.argv[1]]


assert Thing().textInterface() is None
PY
cat > "$folder/child.py" <<'PY'
import gc
import sys

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication

app = QApplication([])


class Thing(QAccessibleInterface):
    def isValid(self):
        return True

    def object(self):
        return None

    def text(self, kind):
        return "a thing"


made = Thing()
number = QAccessible.registerAccessibleInterface(made)
assert QAccessible.accessibleInterface(number).text(QAccessible.Text.Name) == "a thing"
if sys.argv[1] == "kept":
    QAccessible.deleteAccessibleInterface(number)
    assert QAccessible.accessibleInterface(number) is None
else:
    del made
    gc.collect()
    print(QAccessible.accessibleInterface(number).isValid())
PY
ended() {
  "$folder/env/bin/python" "$@" >/dev/null 2>&1 && echo well || echo "with $?"
}
for answer in None 0 "VoidPtr(0)"; do
  echo "interface_cast gives $answer: ends $(ended "$folder/cast.py" "$answer")"
done
echo "a child that is kept: ends $(ended "$folder/child.py" kept)"
echo "a child that is not: ends $(ended "$folder/child.py" let-go)"
test "$(ended "$folder/cast.py" None)" = "with 139"
test "$(ended "$folder/cast.py" 0)" = "with 139"
test "$(ended "$folder/cast.py" "VoidPtr(0)")" = well
test "$(ended "$folder/child.py" kept)" = well
test "$(ended "$folder/child.py" let-go)" = "with 139"
"$folder/env/bin/python" - <<'PY'
import gc
import weakref

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QApplication, QComboBox, QLabel, QWidget

app = QApplication([])


class Canvas(QWidget):
    pass


class Told(QAccessibleWidget):
    pass


made = []


def factory(kind, what):
    if kind != "Canvas":
        return None
    told = Told(what)
    made.append(weakref.ref(told))
    return told


QAccessible.installFactory(factory)
for _ in range(3):
    canvas = Canvas()
    QAccessible.queryAccessibleInterface(canvas)
    canvas.deleteLater()
    app.sendPostedEvents(None, 52)
    del canvas
gc.collect()
left = sum(ref() is not None for ref in made)
print(f"of {len(made)} that a factory gave for widgets that are gone, {left} are left")
assert (len(made), left) == (3, 3), (len(made), left)

window = QWidget()
box = QComboBox(window)
label = QLabel("Language", box)  # never seen
label.hide()
box.addItems(["Suomi", "Svenska"])
box.setAccessibleName("Language")
told = QAccessible.queryAccessibleInterface(box)
name = told.text(QAccessible.Text.Name)


def labels():
    return [i.text(QAccessible.Text.Name) for i, kind in told.relations() if kind == QAccessible.RelationFlag.Label]


print(f"a choice box called 'Language' is heard as {name!r}")
assert name == "Suomi", name
assert labels() == []
label.setBuddy(box)
print(f"its labels, of which none is seen: {labels()}")
assert labels() == ["Language"], labels()
PY
