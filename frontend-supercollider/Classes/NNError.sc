// What went wrong, and what to do, as one line of the post window.
NNError : Error {
	*new { |what|
		^super.new("NN: " ++ what)
	}

	reportError {
		this.errorString.postln
	}
}
