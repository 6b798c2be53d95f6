"""Values become pages: statements, charts and other printed matter as tagged PDF. Nothing here decides or stores."""
