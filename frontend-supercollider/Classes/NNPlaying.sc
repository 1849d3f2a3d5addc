// A call of .ar or .kr: its UGens, made of inputs, attributes and settings.
NNPlaying {
	classvar settingNames, warning;
	var method, calcRate, arguments, <outputs;

	*initClass {
		// setting -n is the n-th of these; the second is the number of signals
		settingNames = #[\id, \signals, \deadline, \rate, \resample, \gpu, \enable, \wet, \dry, \seed];
	}

	*new { |method, calcRate, arguments|
		^super.newCopyArgs(method, calcRate, arguments).prMake
	}

	// the last warning, which is then forgotten
	*prTakeWarning {
		var last = warning;
		warning = nil;
		^last
	}

	prMake {
		var inputs = NNInputs(arguments[\inputs], method);
		var copies = arguments[\copies];
		if(method.model.isNil) { NNError("method % has no model: take it from NN(key, method)".format(method.name)).throw };
		copies = if(copies.isNil or: { copies == false }) { nil } { this.prCopies(copies, inputs.size) };
		outputs = if(copies.isNil) {
			this.prExamples(inputs.laced, inputs.size, arguments)
		} {
			copies.collect { |copy| this.prExamples(inputs.examples.wrapAt(copy), 1, this.prArgumentsOf(copy)) }
		}
	}

	prCopies { |copies, numExamples|
		var wanted = if(copies == true) { numExamples } { copies };
		if(wanted.isInteger.not or: { wanted < 1 } or: { numExamples != 1 and: { numExamples != wanted } }) {
			NNError("%: copies: % does not fit % inputs: it is true, or the number of copies".format(
				method.name, copies, numExamples)).throw
		};
		^wanted
	}

	// each copy has its own where an argument is an array
	prArgumentsOf { |copy|
		^arguments.collect { |value, key|
			case
			{ key == \inputs } { value }
			{ key == \attributes } { NNAttributes.ofCopy(value, copy) }
			{ value.isArray and: { value.isString.not } } { value.wrapAt(copy) }
			{ value }
		}
	}

	prExamples { |signals, numExamples, given|
		var bufferSize = given[\bufferSize] ? -1;
		this.prCheckScalar(\bufferSize, bufferSize);
		^this.prWatchWires(signals.size + (method.numOutputs * numExamples)) {
			NNInputs.unlace(
				NNUGen.performList(if(calcRate == \audio) { \ar } { \kr }, [
					method.model.idx, method.idx, bufferSize, method.numOutputs,
					this.prNumber(\warmup, given[\warmup]) ? 0, this.prNumber(\debug, given[\debug]) ? 0,
					signals, numExamples,
					this.prSettings(given, signals.size) ++ NNAttributes.forUGen(given[\attributes], method.model)
				]),
				method.numOutputs, numExamples
			)
		}
	}

	// pairs with negative numbers, that of the signals first
	prSettings { |given, numSignals|
		var pairs = [-2, numSignals];
		settingNames.do { |name, index|
			var value = given[name];
			if(name == \id) { value = NNIds.at(value) };
			if(name == \deadline and: { value == \auto }) { value = -1 };
			value = this.prNumber(name, value);
			if(value.notNil) { pairs = pairs ++ [(index + 1).neg, value] }
		};
		^pairs
	}

	prNumber { |name, value|
		if(value.isNil) { ^nil };
		if(value.isKindOf(Boolean)) { ^value.binaryValue };
		if(value.isValidUGenInput.not or: { value.isArray }) {
			NNError("%: % is %: it takes one number".format(method.name, name, value)).throw
		};
		^value
	}

	prCheckScalar { |name, value|
		if(value.isValidUGenInput.not or: { value.isArray } or: { value.rate != \scalar }) {
			NNError("%: % is %: it is read when the synth starts, so it takes a number or an argument at initial rate, as %.ir(2048)".format(
				method.name, name, value, "\\" ++ name)).throw
		}
	}

	// makes a UGen; warns where it, or all of the SynthDef so far, may need more wires than the server has
	prWatchWires { |channels, make|
		var wires = this.prWires, before = this.prSignals, made = make.value, after = this.prSignals;
		case
		{ wires.isNil } { }
		// other UGens of the SynthDef need wires too
		{ channels * 2 >= wires } { this.prWarnOfWires("% has".format(method.name), channels, wires, channels * 4) }
		// once for a SynthDef
		{ before < wires and: { after >= wires } } { this.prWarnOfWires("the UGens of models in this SynthDef have", after, wires, after * 2) };
		^made
	}

	// nil of a server that has as many as are wanted
	prWires {
		var options = method.model.server.tryPerform(\options);
		^if(Server.program.asString.contains("supernova").not) { options.tryPerform(\numWireBufs) }
	}

	// how many signals the UGens of models have in the SynthDef that is being built; the same signal at several counts once
	prSignals {
		var signals = IdentitySet.new;
		UGen.buildSynthDef.tryPerform(\children).do { |ugen|
			if(ugen.isKindOf(NNUGen)) {
				(ugen.inputs ++ ugen.channels).do { |signal| if(signal.rate == \audio) { signals.add(signal) } }
			}
		};
		^signals.size
	}

	prWarnOfWires { |what, channels, wires, wanted|
		warning = "NN: % % signals, and the server % wires for all UGens of a synth: send s.options.numWireBufs = %; s.reboot, or the SynthDef may fail".format(
			what, channels, wires, wanted.nextPowerOfTwo);
		warning.warn
	}
}
