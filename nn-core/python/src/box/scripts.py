# Scripts that were run.


class Trouble(Exception):
    """Something to be told to the user, in one line."""


def first_line(error):
    """What an exception says, without the rest."""
    said = str(error).strip().splitlines()
    return f"{type(error).__name__}: {said[0]}" if said else type(error).__name__


class Script:
    """A script that was run: its globals are those of all boxes that play it."""

    loaded = {}
    lock = threading.Lock()
    number = 0

    def __init__(self, path, text, name):
        self.path, self.text, self.saved = path, text, None
        self.module = types.ModuleType(name)
        self.module.__file__ = path
        # Classes that are pickled, and processes that begin with the script, find it by its name.
        sys.modules[name] = self.module
        folder = os.path.dirname(path)
        if folder not in sys.path:
            sys.path.insert(0, folder)
        code = compile(text, path, "exec", dont_inherit=True)
        exec(code, self.module.__dict__)
        # What was loaded stays: later collections need not look at it, which would take long.
        gc.collect()
        if hasattr(gc, "freeze"):
            gc.freeze()

    @classmethod
    def of(cls, path, text, saved):
        """The script as it was run before, where it was not saved since, else run now. The one before stays where it plays."""
        with cls.lock:
            known = cls.loaded.get(path)
            if known is not None and (known.text, known.saved) == (text, saved):
                return known
            cls.number += 1
            script = cls(path, text, cls.name_of(path))
            script.saved = saved
            cls.loaded[path] = script
            return script


    @classmethod
    def name_of(cls, path):
        """The name of its module: that of its file, by which processes that it starts can import it; another one where
        something else has that name."""
        stem = os.path.splitext(os.path.basename(path))[0]
        known = sys.modules.get(stem)
        others = getattr(sys, "stdlib_module_names", sys.builtin_module_names)
        is_free = known is None or getattr(known, "__file__", None) == path
        return stem if stem.isidentifier() and stem not in others and is_free else f"{stem}_{cls.number}"
