"""What a bare number counts, said where it is handed over. Times of films and meetings are `Micros` of `timecode`."""

from __future__ import annotations

from typing import TypeAlias

#: a picture's place in its film's index, from 0
Position: TypeAlias = int
#: cameras of a meeting, from 1, as people call them
CameraNumber: TypeAlias = int
#: tasks of a meeting's plan, from 1, as people call them
TaskNumber: TypeAlias = int
#: the place of a thing in its row of things, from 0
ItemPlace: TypeAlias = int
#: lines of a text, from 1
LineNumber: TypeAlias = int
#: time of the film that passes in one unit of the clock's: 1 is as filmed, less than 0 is backward
Rate: TypeAlias = float
#: microseconds with a fraction, since playing began
PlayedMicros: TypeAlias = float
#: millionths by which one clock runs faster than another
Ppm: TypeAlias = float
#: hundredths of a whole, from 1 to 100
Percent: TypeAlias = int
#: a part of a whole, from 0 to 1
Share: TypeAlias = float
#: seconds
Seconds: TypeAlias = float
#: a year of the calendar
Year: TypeAlias = int
#: whole minutes of work
Minutes: TypeAlias = int
#: 1/72 of an inch on paper; a chart's unit on the screen
Points: TypeAlias = float
#: pixels of a picture or a screen
Pixels: TypeAlias = int
#: rows of a list
RowCount: TypeAlias = int
#: files of a folder
FileCount: TypeAlias = int
#: things that were written before one, in the order of their writing; 0 is none
WrittenPlace: TypeAlias = int
#: letters and other characters of a text
Letters: TypeAlias = int
#: bytes of a file or of memory, as a place or as a length
ByteCount: TypeAlias = int
