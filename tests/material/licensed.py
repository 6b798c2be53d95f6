"""A made-up package of licensed content: every word of it is plainly nobody's, so that one can be looked for."""

PLANTED = ("ZORKKI", "ZORKK", "ZORKILLA")
_NAME = '{ fi = "ZORKKI", sv = "ZORKK", en = "ZORKILLA" }'
_ANCHORS = "\n".join(f"[[instruments.anchors]]\nvalue = {n}\nname = {_NAME}\n" for n in range(1, 6))

PACKAGE = f"""
key = "tekaistu"
version = 1
name = "Tekaistu pakkaus"
rights_holder = "Oikeudet Oy"
licence = "L-1"
holder = "Tekaistu kunta"
expires = 2030-01-31

[[tasks]]
id = "A1"
name = {_NAME}
text = {{ fi = "ZORKKI zirkuttaa", sv = "ZORKK", en = "ZORKILLA" }}
materials = {{ fi = "ZORKKEJA kaksi: ZORKKI" }}
dimensions = ["S", "C"]
weights = [3, 1]
ages = ["K"]

[[tasks]]
id = "A2"
name = {_NAME}
text = {_NAME}
dimensions = ["N"]
ages = ["T"]
safety = ["touch"]

[[instruments]]
id = "tekaistu-lomake"
version = 1
name = {{ fi = "Tekaistu lomake", sv = "Påhittat formulär", en = "Made-up form" }}
disclaimer = {_NAME}
no_occasion = {_NAME}
rights_holder = "Oikeudet Oy"

{_ANCHORS}
[[instruments.items]]
id = "i1"
number = 1
actor = "adult"
name = {_NAME}
"""
