# What scripts can ask.


class Play:
    """What a script can ask about the buffer that it computes: known to its thread while it computes."""

    rate_hz = 44100.0
    frames = 0
    bpm = 120.0
    transport = {"sample_num": 0, "bar": 1, "beat": 0, "ticks": 0, "is_playing": False}
    signal = None
    box = ""


NOW = threading.local()
SHARED = types.SimpleNamespace()


def play():
    """That of the calling thread."""
    return getattr(NOW, "play", Play)


def getSampleRate():  # noqa: N802 - a name that scripts know
    """The rate in Hz at which the script runs."""
    return play().rate_hz


def getBlockSize():  # noqa: N802
    """How many frames a buffer has."""
    return play().frames


def getBPM():  # noqa: N802
    """Beats per minute, as the host says; 120 where it says nothing."""
    return play().bpm


def getTransport():  # noqa: N802
    """Where the song is: sample_num, bar, beat, ticks, is_playing."""
    return dict(play().transport)


def getSignalStats():  # noqa: N802
    """The least and greatest sample of the buffer and its root mean square."""
    signal = play().signal
    if signal is None or len(signal) == 0:
        return {"min": 0.0, "max": 0.0, "rms": 0.0}
    power = sum(sample * sample for sample in signal) / len(signal)
    return {"min": min(signal), "max": max(signal), "rms": power**0.5}


def getDataDir():  # noqa: N802
    """A folder of this user's for what scripts keep: the one in which PyPhonic has it. It is made when it is asked for."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        folder = os.path.join(os.environ.get("APPDATA") or home, "AudioFluff", "PyPhonic")
    elif sys.platform == "darwin":
        folder = os.path.join(home, "Library", "Application Support", "PyPhonic")
    else:
        folder = os.path.join(os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share"), "PyPhonic")
    os.makedirs(folder, exist_ok=True)
    return folder


def offer_modules():
    """The module that scripts import, under both of its names."""
    for name in ("pyphonic", "nn"):
        module = types.ModuleType(name, "What a script can ask about the box that it plays in.")
        module.__path__ = []
        for part in (getSampleRate, getBlockSize, getBPM, getTransport, getSignalStats, getDataDir, MidiMessage):
            setattr(module, part.__name__, part)
        module.shared = SHARED
        # Scripts that end by starting a server of their own have one already.
        module.start = lambda *_, **__: None
        sys.modules[name] = module
        for inner in ("functions", "midi_parser"):
            sys.modules[f"{name}.{inner}"] = module
            setattr(module, inner, module)
