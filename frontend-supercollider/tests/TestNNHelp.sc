// Help: every class has a page, every method is on it, and every example runs.
TestNNHelp : NNServerTest {
	classvar folder;

	*folder { ^NN.filenameSymbol.asString.dirname.dirname +/+ "HelpSource" }

	setUp { }
	tearDown { }

	pages { ^(this.class.folder +/+ "*/*.schelp").pathMatch }

	classes {
		^Class.allClasses.select { |class|
			class.isMetaClass.not and: { class.name.asString.beginsWith("NN") }
			and: { class.filenameSymbol.asString.dirname.basename == "Classes" }
		}
	}

	test_everyClassAndMethodHasItsPage {
		this.classes.do { |class|
			var file = this.class.folder +/+ "Classes" +/+ class.name ++ ".schelp", text, listed;
			this.assert(File.exists(file), "% has a page".format(class.name));
			if(File.exists(file)) {
				text = File.readAllString(file);
				listed = text.split($\n).select { |line| line.beginsWith("method:: ") }.collect { |line| line.drop(9).stripWhiteSpace };
				(class.methods.asArray ++ class.class.methods.asArray).do { |method|
					var name = method.name.asString;
					var isSetter = name.endsWith("_") and: { listed.includesEqual(name.drop(-1)) };
					if(name.beginsWith("pr").not and: { #["init", "initClass", "printOn", "checkInputs", "argNameForInputAt", "fromDict"].includesEqual(name).not } and: { isSetter.not }) {
						this.assert(listed.includesEqual(name), "%.% is on its page".format(class.name, name))
					}
				}
			}
		}
	}

	test_pagesAreWellFormed {
		this.pages.do { |file|
			var document = SCDoc.parseFileFull(file);
			this.assert(document.notNil, "% is read".format(file.basename))
		}
	}

	// the examples of a page, in order
	blocks { |file|
		var text = File.readAllString(file), found = List.new, start = 0, end;
		while { (start = text.find("\ncode::\n", offset: start)).notNil } {
			end = text.find("\n::", offset: start + 7);
			found.add(text.copyRange(start + 8, end));
			start = end
		};
		^found
	}

	test_examplesRun {
		var peak = 0, monitor, responder, heard = 0;
		server = Server.default;
		NN.prUseForTest;
		if(server.serverRunning.not) { server.bootSync };
		responder = OSCFunc({ |message| peak = max(peak, message[3]) }, '/nn.heard', server.addr);
		this.pages.do { |file|
			this.blocks(file).do { |block, number|
				var name = "example % of %".format(number + 1, file.basename), function, failed, sounds;
				if(block.contains("SoundIn").not) {
					sounds = block.contains(".play") or: { block.contains("Synth(\\") };
					if(sounds) { server.freeAll };
					server.sync;
					peak = 0;
					function = thisProcess.interpreter.compile(block);
					this.assert(function.notNil, "% can be compiled".format(name));
					monitor = { SendReply.kr(Impulse.kr(20), '/nn.heard', Peak.kr(In.ar(0), Impulse.kr(20))); Silent.ar }.play(server, addAction: \addAfter);
					if(function.notNil) {
						try { function.value } { |error| failed = error.errorString };
						this.assert(failed.isNil, "% runs: %".format(name, failed ? ""));
						if(sounds) {
							this.assert(this.until(8) { peak > 0.003 }, "% is heard".format(name));
							heard = heard + 1
						} { if(block.contains("waitForBoot") or: { block.contains("fork") }) { 2.wait } { 0.3.wait } }
					}
				}
			}
		};
		"tests: % examples were heard".format(heard).postln;
		responder.free;
		server.freeAll;
		NN.onEvent = nil;
		NN.prUnloadAll;
		server.sync;
		NN.prEndTest
	}
}
