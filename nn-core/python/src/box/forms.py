# Sound in the form that a function wants.


FORMS = ("_npy", "_numpy", "_torch")


def form_of(name):
    """How a function takes its sound, by the end of its name."""
    return next((form for form in FORMS if name.endswith(form)), "")


class Sound:
    """The file in which sound lies: the input of all examples, then room for their output."""

    def __init__(self, path):
        self.file = open(path, "r+b", buffering=0)
        size = os.fstat(self.file.fileno()).st_size
        self.map = mmap.mmap(self.file.fileno(), size)
        self.view = memoryview(self.map).cast("f")

    def close(self):
        """Forgets the file, unless a script keeps a part of it."""
        try:
            self.view.release()
            self.map.close()
        except BufferError:
            pass
        self.file.close()


def needs(module, what):
    """NumPy or torch, or what to do for it."""
    try:
        return __import__(module)
    except ImportError as error:
        if error.name != module:
            raise Trouble(f"{what} cannot be imported: {first_line(error)}") from error
        package = {"numpy": "numpy", "torch": "torch"}[module]
        raise Trouble(f"{sys.executable} has no {what}: run {sys.executable} -m pip install {package}") from error


def taken(form, view, channels, frames):
    """Sound as a function takes it: the script's own, to be changed and kept."""
    if form == "":
        return [view[at * frames : (at + 1) * frames].tolist() for at in range(channels)]
    if form == "_torch":
        torch = needs("torch", "torch")
        if channels * frames == 0:
            return torch.zeros((channels, frames), dtype=torch.float32)
        return torch.frombuffer(view, dtype=torch.float32).reshape(channels, frames).clone()
    numpy = needs("numpy", "NumPy")
    return numpy.frombuffer(view, dtype=numpy.float32).reshape(channels, frames).copy()


def shape(answer):
    """How a list is built: rows and their lengths."""
    if answer and all(hasattr(row, "__len__") for row in answer):
        lengths = sorted({len(row) for row in answer})
        return (len(answer), lengths[0]) if len(lengths) == 1 else (len(answer), "different lengths")
    return (len(answer),)


def put(answer, view, channels, frames, function):
    """Writes what a function answered; where it answered nothing, silence."""
    wanted = channels * frames
    if answer is None:
        view[:] = memoryview(bytes(4 * wanted)).cast("f")
        return
    if isinstance(answer, (list, tuple)) and not (answer and hasattr(answer[0], "dtype")):
        found = shape(answer)
        flat = [sample for row in answer for sample in row] if len(found) == 2 else list(answer)
        if found not in ((channels, frames), (wanted,)):
            raise Trouble(f"{function} answered {found} instead of {(channels, frames)}")
        try:
            view[:] = memoryview(struct.pack(f"{wanted}f", *flat)).cast("f")
        except (struct.error, TypeError) as error:
            raise Trouble(f"{function} answered something else than numbers") from error
        return
    if hasattr(answer, "detach"):
        torch = needs("torch", "torch")
        found = tuple(answer.shape)
        if answer.numel() != wanted or found not in ((channels, frames), (wanted,)):
            raise Trouble(f"{function} answered {found} instead of {(channels, frames)}")
        with torch.no_grad():
            to = torch.frombuffer(view, dtype=torch.float32)
            to.copy_(answer.detach().reshape(-1))
        return
    if not hasattr(answer, "shape") and not isinstance(answer, (list, tuple)):
        raise Trouble(f"{function} answered a {type(answer).__name__} instead of sound")
    numpy = needs("numpy", "NumPy")
    array = numpy.asarray(answer)
    if array.shape not in ((channels, frames), (wanted,)):
        raise Trouble(f"{function} answered {array.shape} instead of {(channels, frames)}")
    if array.dtype.kind not in "fiub":
        raise Trouble(f"{function} answered numbers of type {array.dtype} instead of float32")
    numpy.frombuffer(view, dtype=numpy.float32)[:] = array.reshape(-1)
