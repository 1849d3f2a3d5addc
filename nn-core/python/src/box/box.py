# Boxes, and the process.


class Box:
    """One copy of a script in a box, and its connection."""

    def __init__(self, connection):
        self.connection = connection
        self.player, self.sound = None, None
        self.play = Play()
        self.rest = b""

    def receive(self, count):
        """So many bytes; None when the box has gone."""
        while len(self.rest) < count:
            more = self.connection.recv(max(MOST_AT_ONCE, count - len(self.rest)))
            if not more:
                return None
            self.rest = self.rest + more if self.rest else more
        data, self.rest = self.rest[:count], self.rest[count:]
        return data

    def answer(self, kind, data=b""):
        """One frame for the box."""
        self.connection.sendall(FRAME.pack(kind, len(data)) + data)

    def serve(self):
        """Does what the box asks, one thing after the other, until it has gone."""
        NOW.play = self.play
        try:
            while True:
                head = self.receive(FRAME.size)
                if head is None:
                    return
                kind, length = FRAME.unpack(head)
                data = self.receive(length) if length else b""
                if data is None:
                    return
                try:
                    said = self.do(kind, data) or b""
                except BaseException as error:  # noqa: BLE001 - a script may raise anything, also SystemExit
                    kind, said = b"E", self.failed(error)
                self.answer(kind, said)
        except OSError:
            return
        finally:
            self.connection.close()
            if self.sound is not None:
                self.sound.close()

    def failed(self, error):
        """Says what went wrong, in one line, and the whole of it for those who want to see it."""
        path = self.player.script.path if self.player else getattr(error, "script_path", "")
        whole = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        # Nothing of the call stays in memory.
        error.__traceback__ = None
        what = {"what": where_said(error, path, whole), "whole": whole[-4000:]}
        return json.dumps(what).encode()

    def do(self, kind, data):
        """One thing that the box asks."""
        if kind == b"R":
            return self.run(data)
        asked = json.loads(data) if data else {}
        if kind == b"N":
            return self.load(asked)
        if kind == b"F":
            sound, self.sound = self.sound, Sound(asked["path"])
            if sound is not None:
                sound.close()
        elif kind == b"S":
            self.player.set(asked["name"], asked["value"])
        elif kind == b"G":
            return json.dumps({"value": self.player.get(asked["name"])}).encode()
        elif kind == b"P":
            be_as_urgent(asked)
        else:
            raise Trouble(f"nobody knows what {kind!r} asks for: install all files of one package together")
        return None

    def load(self, asked):
        """Runs a script, or takes it as it was run, and says what its values are."""
        path = asked["path"]
        try:
            script = Script.of(path, asked["text"], asked["saved"])
            self.player = Player(script, asked["functions"], asked["attributes"])
            self.play.box = os.path.basename(path)
            if any(form_of(name) in ("_npy", "_numpy") for name in asked["functions"]):
                needs("numpy", "NumPy")
            if any(form_of(name) == "_torch" for name in asked["functions"]):
                needs("torch", "torch").set_num_threads(1)
            self.player.effect(0)
            for name, value in asked.get("values", {}).items():
                self.player.set(name, value)
            values = {name: self.player.get(name) for name in asked["attributes"]}
        except BaseException as error:
            error.script_path = path
            raise
        return json.dumps({"values": values}, default=lambda value: None).encode()

    def run(self, data):
        """Computes one buffer of all examples."""
        (method, examples, channels, frames, out_channels, out_frames, rate_hz, bpm, beats, samples, plays, messages) = RUN.unpack_from(data)
        name = self.player.functions[method]
        form = form_of(name)
        midi, at = [], RUN.size
        for _ in range(messages):
            time_frames, length = MIDI.unpack_from(data, at)
            at += MIDI.size
            midi.append(midi_of(data[at : at + length], time_frames))
            at += length
        begin_of_output = examples * channels * frames
        if self.sound is None:
            # It came with the question, and goes with the answer.
            room = bytearray(data[at:]) + bytearray(4 * examples * out_channels * out_frames)
            view = memoryview(room).cast("f")
        else:
            view = self.sound.view
        self.play.rate_hz, self.play.frames, self.play.bpm = rate_hz, frames, bpm
        self.play.transport = transport_at(beats, samples, bool(plays))
        answered = []
        for example in range(examples):
            at = example * channels * frames
            input_view = view[at : at + channels * frames]
            self.play.signal = input_view
            result = self.player.function(name, example)(list(midi), taken(form, input_view, channels, frames))
            if isinstance(result, tuple) and len(result) == 2 and (result[0] is None or is_midi(result[0])):
                said, result = result
                answered.extend(said or ())
            at = begin_of_output + example * out_channels * out_frames
            put(result, view[at : at + out_channels * out_frames], out_channels, out_frames, name)
        self.play.signal = None
        said = written(answered)
        return said if self.sound is not None else said + view[begin_of_output:].tobytes()


def transport_at(beats, samples, plays):
    """Where the song is, as scripts know it: bars from 1, beats in the bar from 0, thousandths of a beat."""
    bars, beat = divmod(beats, BEATS_OF_A_BAR)
    whole = int(beat)
    ticks = int((beat - whole) * TICKS_OF_A_BEAT)
    return {"sample_num": samples, "bar": int(bars) + 1, "beat": whole, "ticks": ticks, "is_playing": plays}


def is_midi(answer):
    """Whether that is a list of messages, and not the sound of a channel."""
    return isinstance(answer, (list, tuple)) and all(hasattr(message, "type") for message in answer)


def written(messages):
    """Messages for the box: their number, then each with its time."""
    parts = []
    for message in messages[:MOST_MIDI]:
        data = bytes_of(message)
        if data:
            parts.append(MIDI.pack(max(0, int(getattr(message, "time", 0))), len(data)) + data)
    return struct.pack("<II", len(parts), max(0, len(messages) - MOST_MIDI)) + b"".join(parts)


def where_said(error, path, whole):
    """One line about an error. `whole` has where it was, after its trace is gone."""
    if isinstance(error, Trouble):
        return str(error)
    name = os.path.basename(path)
    if isinstance(error, SyntaxError) and error.filename == path:
        return f"{name} line {error.lineno}: {type(error).__name__}: {error.msg}"
    mark = f'File "{path}", line '
    at = whole.rfind(mark)
    if at < 0:
        return f"{name}: {first_line(error)}"
    line = whole[at + len(mark) :].split(",")[0].split("\n")[0]
    return f"{name} line {line}: {first_line(error)}"


def be_as_urgent(asked):
    """Gives the calling thread the class of the host's worker, where the system allows it."""
    try:
        policy = {"fifo": os.SCHED_FIFO, "rr": os.SCHED_RR}[asked["policy"]] | getattr(os, "SCHED_RESET_ON_FORK", 0)
        os.sched_setscheduler(0, policy, os.sched_param(asked["priority"]))
    except (AttributeError, KeyError, OSError):
        pass


def end_with_host():
    """Asks the system to end this process with the host's thread that watches it (Linux)."""
    if sys.platform == "linux":
        try:
            import ctypes

            ctypes.CDLL(None).prctl(1, 9, 0, 0, 0)
        except (ImportError, OSError, AttributeError):
            pass


def guard(bell, folder):
    """Another process: when the host has gone, however that came, it removes the folder and ends this one with all that scripts
    have started. Where there are no such processes, the system does so (Windows)."""
    if not hasattr(os, "fork") or os.getpgrp() != os.getpid() or os.fork():
        return
    try:
        while os.read(bell, 4096):
            pass
        shutil.rmtree(folder, ignore_errors=True)
        os.killpg(0, 9)
    finally:
        os._exit(0)


def main():
    """Accepts boxes until the host has gone."""
    # The host's end is the end of this; scripts that read what is typed find nothing.
    bell = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    folder = os.path.dirname(os.path.abspath(__file__))
    guard(bell, folder)
    end_with_host()
    # What libraries below Python print goes to the other end of standard error, not between the lines of the console.
    console = Console(os.fdopen(os.dup(1), "wb", buffering=0))
    os.dup2(2, 1)
    faulthandler.enable()
    sys.stdout = Printing(console)
    if hasattr(sys, "setswitchinterval"):
        sys.setswitchinterval(0.0005)
    offer_modules()
    door = (Pipes if sys.platform == "win32" else Sockets)(sys.argv[1])
    version = ".".join(str(part) for part in sys.version_info[:3])
    console.say(ready=True, version=version, executable=sys.executable)

    def accept():
        while True:
            threading.Thread(target=Box(door.accept()).serve, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    # The host never writes: this is its end.
    while os.read(bell, 4096):
        pass
    # The guard is ended with the others, perhaps before it comes to that.
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


# Processes that scripts start may run this file too.
if __name__ == "__main__":
    main()
