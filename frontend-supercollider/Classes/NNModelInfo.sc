// What a model file is, as its description says.
NNModelInfo {
	var <idx, <path, <minBufferSize, <sampleRate, <methods, <attributes, <attributeTypes, <problem;

	// the first model in a file that /nn_load or /nn_query wrote
	*fromFile { |infoFile|
		^this.allFromFile(infoFile).first ?? {
			NNError("the information file % describes no model: is one loaded?".format(infoFile)).throw
		}
	}

	*allFromFile { |infoFile|
		var path = infoFile.standardizePath, list;
		if(File.exists(path).not) {
			NNError("there is no information file %: load the model first, or describe it with NN.read".format(path)).throw
		};
		list = this.prList(File.readAllString(path).parseYAML);
		^list.collect { |dict| this.fromDict(dict) }
	}

	// nil where the text describes nothing
	*fromText { |text|
		var dict = this.prList(text.asString.parseYAML).first;
		^if(dict.isKindOf(Dictionary)) { this.fromDict(dict) }
	}

	*fromDict { |dict|
		^super.new.prRead(dict)
	}

	prRead { |dict|
		idx = (dict["idx"] ? -1).asInteger;
		path = (dict["modelPath"] ? "").asString;
		minBufferSize = (dict["minBufferSize"] ? 1).asInteger;
		sampleRate = (dict["sampleRate"] ? 0).asFloat;
		methods = this.prList(dict["methods"]).collect { |method, index|
			NNModelMethod.fromDict(method, index)
		};
		attributes = this.prList(dict["attributes"]).collect(_.asSymbol);
		attributeTypes = this.prList(dict["attributeTypes"]).collect { |types|
			this.prList(types).collect(_.asSymbol)
		};
		problem = (dict["problem"] ? "").asString;
	}

	// an empty list can also arrive as nothing or as an empty text
	prList { |value| ^this.class.prList(value) }

	*prList { |value|
		^if(value.isArray and: { value.isString.not }) { value } { [] }
	}

	methodNames { ^methods.collect(_.name) }

	attrIdx { |name|
		^attributes.indexOf(name.asSymbol)
	}

	attributeType { |name|
		var index = this.attrIdx(name);
		^if(index.notNil) { attributeTypes[index] }
	}

	describe {
		"  path: %".format(path).postln;
		"  rate: %   smallest buffer: %".format(if(sampleRate > 0) { sampleRate } { "any" }, minBufferSize).postln;
		methods.do { |method| "  %".format(method.summary).postln };
		if(attributes.notEmpty) {
			"  attributes: %".format(attributes.collect { |name, index|
				var types = attributeTypes[index];
				if(types.isNil) { name.asString } { "% (%)".format(name, types.join(" ")) }
			}.join(", ")).postln
		};
		if(problem.notEmpty) { "  does not run here: %".format(problem).postln }
	}

	printOn { |stream|
		stream << "NNModelInfo(" << path.basename << ")"
	}
}
