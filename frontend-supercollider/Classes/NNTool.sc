// The command-line tool of the package: it reads model files where no server runs.
NNTool {
	classvar described;

	// the folder of the package: Classes, plugins, support and models lie in it
	*folder {
		^NNTool.filenameSymbol.asString.dirname.dirname
	}

	*path {
		var name = if(thisProcess.platform.name == \windows) { "nn.exe" } { "nn" };
		var set = "NN_TOOL".getenv;
		if(set == "none") { ^nil };
		^[set, this.folder +/+ "support" +/+ name].detect { |path|
			path.notNil and: { File.exists(path) }
		}
	}

	// the package's models, or the folder that NN_MODELS names
	*modelsPath {
		^this.modelsFolders.first
	}

	*modelsFolders {
		var folders = [this.folder +/+ "models", "NN_MODELS".getenv, Platform.userAppSupportDir.dirname +/+ "nn-tilde/models"];
		^folders.select { |folder| folder.notNil and: { File.exists(folder) } }
	}

	// the file that a text means: a path, or a name in one of the models folders; nil if there is none
	*find { |text|
		var path = text.asString.standardizePath, names;
		if(File.exists(path) and: { File.type(path) != \directory }) { ^path.absolutePath };
		if(path.includes(Platform.pathSeparator) or: { path.includes($/) }) { ^nil };
		names = [path, path ++ ".ts", path ++ ".nm"];
		this.modelsFolders.do { |folder|
			names.do { |name|
				var file = folder +/+ name;
				if(File.exists(file) and: { File.type(file) != \directory }) { ^file }
			}
		};
		^nil
	}

	// the entry that describes a file; throws what the tool has to say of it
	*describe { |file|
		var state = [File.mtime(file), File.fileSize(file)];
		var known, text, entry;
		described = described ?? { Dictionary.new };
		known = described[file];
		if(known.notNil and: { known[0] == state }) { ^known[1] };
		text = this.prRun(["info", file, "--supercollider"], file);
		entry = this.prEntry(text);
		if(entry.isNil) {
			NNError("% cannot be read: %".format(file.basename, this.prLastLine(text))).throw
		};
		described[file] = [state, entry];
		^entry
	}

	*prEntry { |text|
		var start = text.find("- idx:"), list;
		if(start.isNil) { ^nil };
		list = text.drop(start).parseYAML;
		^if(list.isArray) { list.first }
	}

	*prLastLine { |text|
		var lines = text.split($\n).select { |line| line.stripWhiteSpace.notEmpty };
		var named = lines.detect { |line| line.beginsWith("error") } ? lines.last;
		^named ? "the tool says nothing; type `nn info FILE` in a terminal"
	}

	*prRun { |words, file|
		var tool = this.path, pipe, lines, line;
		if(tool.isNil) {
			NNError("% cannot be described without a server, because the tool is not at %: copy the whole package nn, or boot the server first".format(
				file.basename, this.folder +/+ "support" +/+ "nn")).throw
		};
		pipe = if(thisProcess.platform.name == \windows) {
			Pipe.argv([tool] ++ words, "r")
		} {
			Pipe(([tool] ++ words).collect { |word| this.prQuote(word) }.join(" ") ++ " 2>&1", "r")
		};
		lines = List.new;
		while { (line = pipe.getLine(1048576)).notNil } { lines.add(line) };
		pipe.close;
		^lines.join("\n")
	}

	*prQuote { |word|
		^"'" ++ word.replace("'", "'\\''") ++ "'"
	}
}
