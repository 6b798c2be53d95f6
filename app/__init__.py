"""The application without a face: model, use-cases, services, statistics, output. No widgets, no SQL, no codecs."""
