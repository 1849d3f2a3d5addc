// Tests begin without models and leave those of the user alone.
+ NN {
	*prUseForTest {
		Library.put(\nnTests, [registry, this.prKnown]);
		registry = NNRegistry.new
	}

	*prEndTest {
		this.prUnloadAll;
		registry = Library.at(\nnTests)[0]
	}

	// those without keys too, but for the user's
	*prUnloadAll {
		var kept = Library.at(\nnTests)[1];
		this.prKnown.do { |model| if(kept.includes(model).not) { NN.unload(model) } }
	}

	*prKnown {
		^NNServer.links.values.asArray.collect { |link|
			link.knownIndices.collect { |idx| link.modelAt(idx) }.reject(_.isNil)
		}.flatten(1)
	}
}
