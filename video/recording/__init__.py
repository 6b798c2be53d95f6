"""From cameras and microphones to containers: devices, feeds, writers, the recorder."""
