# What scripts print.


class Console:
    """Lines for the host. Scripts may print from any thread."""

    def __init__(self, out):
        self.out = out
        self.lock = threading.Lock()
        self.begin, self.shown, self.left_out = 0.0, 0, 0

    def say(self, **what):
        """One line for the host, whatever else is said meanwhile."""
        line = json.dumps(what, ensure_ascii=True) + "\n"
        with self.lock:
            try:
                self.out.write(line.encode())
                self.out.flush()
            except OSError:
                # The host has gone.
                os._exit(0)

    def printed(self, text):
        """A line that a script printed, as long as there are few of them."""
        with self.lock:
            now = time.monotonic()
            if now - self.begin >= 1:
                self.begin, self.shown = now, 0
            self.shown += 1
            if self.shown > MOST_LINES:
                self.left_out += 1
                return
            left_out, self.left_out = self.left_out, 0
        if left_out:
            self.say(printed=f"({left_out} lines more)")
        self.say(printed=text[:MOST_LINE])


class Printing:
    """Takes the place of `sys.stdout`."""

    encoding, errors, closed = "utf-8", "replace", False

    def __init__(self, console):
        self.console = console
        self.parts = threading.local()

    def write(self, text):
        """Lines are shown when they end."""
        whole = getattr(self.parts, "text", "") + str(text)
        *lines, rest = whole.split("\n")
        self.parts.text = rest[:MOST_LINE]
        for line in lines:
            if line.strip():
                self.console.printed(line)
        return len(text)

    def flush(self):
        """Nothing waits but what has no end yet."""

    def isatty(self):
        """Nobody types there."""
        return False

    def writable(self):
        """As files say it."""
        return True
