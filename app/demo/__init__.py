"""The example that walks every room: made-up people and work, made by the program itself through its own doors.

What is told of whom lies in `resources/demo/demo.toml`, in three languages; here is only how it is done. Nothing here
writes past the editors and the door, and nothing else of the application knows that there is an example.
"""
