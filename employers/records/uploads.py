"""Files in a web form stay in memory until they are encrypted: none is ever written to disk as it came."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class TooLarge(FileUploadHandler):
    """Stands after the handler that keeps files in memory, and gets those it does not take: they are read and dropped.

    The form then has no file, and the length of the request tells it why.
    """

    def new_file(self, *args: Any, **options: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None
