# How boxes come in.


class Pipe:
    """A connection on Windows, which has no sockets of this kind: one end of a pipe."""

    def __init__(self, handle):
        import msvcrt

        self.file = msvcrt.open_osfhandle(handle, os.O_RDWR | os.O_BINARY)

    def recv(self, count):
        """Some bytes; none at its end."""
        return os.read(self.file, count)

    def sendall(self, data):
        """All bytes."""
        while data:
            data = data[os.write(self.file, data) :]

    def close(self):
        """Its end."""
        os.close(self.file)


class Pipes:
    """Where boxes come in on Windows: pipes with a name that only the host knows, for programs on this machine."""

    FIRST, NO_OTHER_MACHINE, BYTES, CONNECTED = 0x80000, 8, 1 << 16, 535

    def __init__(self, name):
        self.name = name
        self.next = self.pipe(self.FIRST)

    def pipe(self, flags=0):
        """One more end that a box can open."""
        import _winapi

        return _winapi.CreateNamedPipe(
            self.name, _winapi.PIPE_ACCESS_DUPLEX | flags, self.NO_OTHER_MACHINE, 255, self.BYTES, self.BYTES, 0, 0
        )

    def accept(self):
        """The connection of the next box."""
        import _winapi

        handle = self.next
        try:
            _winapi.ConnectNamedPipe(handle, False)
        except OSError as error:
            # It was quicker.
            if error.winerror != self.CONNECTED:
                raise
        self.next = self.pipe()
        return Pipe(handle)


class Sockets:
    """Where boxes come in elsewhere: a socket in a folder that only this user can enter."""

    def __init__(self, path):
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(path)
        self.listener.listen(64)

    def accept(self):
        """The connection of the next box."""
        return self.listener.accept()[0]
