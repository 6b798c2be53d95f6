"""Work by a template: begun, filled in, closed, and its papers. The templates themselves are made in `app.schemes`."""
