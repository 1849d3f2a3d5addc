// A trial in which something goes wrong while it plays.
NNTrialOfSilence : NNTrial {
	var <model;

	*make { |server| ^this.new(server) }

	prSynth { |argModel|
		model = argModel;
		^super.prSynth(argModel)
	}

	prTellStats { NNError("nothing plays").throw }
}
