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

	// the package's models, which the examples of the help play; without them the first folder that is searched
	*modelsPath {
		var own = this.folder +/+ "models";
		^if(File.exists(own)) { own } { this.modelsFolders.first }
	}

	// the order in which the plug-in searches
	*modelsFolders {
		var folders = ["NN_MODELS".getenv, this.folder +/+ "models", Platform.userAppSupportDir.dirname +/+ "nn-tilde/models"];
		^folders.select { |folder| folder.size > 0 and: { File.exists(folder) } }
	}

	// the file that a text means, as the plug-in finds it: a whole path, or a name in one of the models folders; nil if there is none
	*find { |text|
		this.prCandidates(text.asString).do { |name|
			var places = if(this.prIsWhole(name)) { [name.standardizePath] } { this.modelsFolders.collect { |folder| folder +/+ name } };
			places.do { |path| if(this.prIsFile(path)) { ^path.absolutePath } }
		};
		^nil
	}

	// the names that a typed name may mean, the likeliest first
	*prCandidates { |name|
		^if("[^/\\\\]\\.([tT][sS]|[nN][mM])$".matchRegexp(name)) { [name] } { [name ++ ".ts", name ++ ".nm", name] }
	}

	// elsewhere than in the models folders
	*prIsWhole { |name|
		^if(thisProcess.platform.name == \windows) { "^([A-Za-z]:|~?[/\\\\])" } { "^~?/" }.matchRegexp(name)
	}

	// links count as what they lead to
	*prIsFile { |path|
		^File.exists(path) and: { File.type(File.realpath(path)) == \regular }
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
