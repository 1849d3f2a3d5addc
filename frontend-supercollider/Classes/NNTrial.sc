// Loads a model of the package, plays it for a second, and says what was found.
NNTrial {
	var server, found;

	*new { |server| ^super.newCopyArgs(server, ()) }

	start { |action|
		{
			try { this.prRun } { |error|
				if(error.isKindOf(NNError).not) { error.throw };
				found[\error] = error.what;
				this.prSay("%".format(error.what))
			};
			this.prSay(if(this.prIsWell) { "all is well" } { "something is wrong, see above" });
			action.value(found.put(\ok, this.prIsWell))
		}.fork(AppClock)
	}

	prIsWell {
		^found[\sound] == true and: { found[\late] == 0 }
	}

	prSay { |text| ("NN.test: " ++ text).postln }

	prRun {
		var link, model, begin, file;
		found[\plugin] = false;
		found[\model] = false;
		found[\sound] = false;
		NNServer.checkRunning(server, "NN.test");
		link = NNServer.of(server);
		link.ensure;
		found[\plugin] = true;
		this.prSay("the plug-in is there, version %".format(link.version));
		file = NNTool.modelsPath !? { NNTool.modelsPath +/+ "codec.ts" } ? "codec";
		begin = Main.elapsedTime;
		model = NNModel.load(file, server: server);
		found[\model] = true;
		this.prSay("% is loaded after % s".format(file.basename, (Main.elapsedTime - begin).round(0.01)));
		protect { this.prPlay(model) } { NN.unload(model) }
	}

	prPlay { |model|
		var synth, peak = 0, responder;
		responder = OSCFunc({ |message| peak = max(peak, message[3]) }, '/nn.trial', server.addr);
		protect {
			synth = this.prSynth(model);
			1.5.wait;
			this.prTellSound(peak);
			this.prTellStats(synth)
		} {
			responder.free;
			synth !? { if(server.serverRunning) { synth.free } }
		}
	}

	prSynth { |model|
		^{
			var signal = model.prNeed(\forward).ar(LFSaw.ar(110, 0, 0.2) * LFPulse.kr(4), 2048);
			SendReply.kr(Impulse.kr(10), '/nn.trial', Peak.kr(signal, Impulse.kr(10)));
			signal
		}.play(server)
	}

	prTellSound { |peak|
		found[\peak] = peak;
		found[\sound] = peak > 0.001;
		this.prSay(if(found[\sound]) { "sound is heard, its peak is % dB".format(peak.ampdb.round(0.1)) } {
			"no sound is heard: the server's post window says why" })
	}

	prTellStats { |synth|
		NNSynth(synth, server: server).stats { |stats|
			found[\late] = stats[\late].asInteger;
			found[\blocks] = stats[\blocks].asInteger;
			this.prSay("% of % buffers were late%".format(found[\late], found[\blocks],
				if(found[\late] == 0) { "" } { ": the machine is busy, or too slow for this model; try a larger bufferSize" }))
		}
	}
}
