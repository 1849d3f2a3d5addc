# What a box plays.


VALUES = (bool, int, float, str)


class Player:
    """What a box plays: the script's functions, or an object of its class `Effect` of each example."""

    def __init__(self, script, functions, attributes):
        self.script = script
        self.functions = functions
        self.attributes = attributes
        self.effects = []

    def effect(self, example):
        """The object of an example, made when it is first needed."""
        kind = getattr(self.script.module, "Effect", None)
        if not isinstance(kind, type):
            return None
        while len(self.effects) <= example:
            self.effects.append(kind())
        return self.effects[example]

    def function(self, name, example):
        """The function of that name for an example."""
        holder = self.effect(example)
        found = getattr(holder, name, None) if holder is not None else None
        found = found if found is not None else getattr(self.script.module, name, None)
        if not callable(found):
            raise Trouble(f"{os.path.basename(self.script.path)} has no function {name} any more")
        return found

    def holders(self, name):
        """Who has a value of that name: the objects of the box, else the script."""
        kind = getattr(self.script.module, "Effect", None)
        if isinstance(kind, type) and hasattr(kind, name):
            self.effect(0)
            return list(self.effects)
        return [self.script.module]

    def set(self, name, value):
        """Gives a value another content; its type stays."""
        for holder in self.holders(name):
            old = getattr(holder, name, None)
            if isinstance(value, list) and hasattr(old, "dtype") and hasattr(old, "shape"):
                value = needs("numpy", "NumPy").array(value, dtype="float32")
            setattr(holder, name, value)
            changed = getattr(holder, "changed", None)
            if callable(changed):
                changed(name)

    def get(self, name):
        """The content of a value, as JSON has it."""
        value = getattr(self.holders(name)[0], name, None)
        if hasattr(value, "tolist"):
            value = value.tolist()
        if isinstance(value, tuple):
            value = list(value)
        return value
