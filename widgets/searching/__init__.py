"""The search over everything: its window and the rows in which results stand. What is found is the application's."""
