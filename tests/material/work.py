"""The work's side of a job that goes on to its end."""


class Work:
    def progress(self, share: float) -> None:
        assert 0 <= share <= 1

    def cancelled(self) -> bool:
        return False
