// A question to UGens or to a model, and the first answer to it.
NNQuestion {
	var link, target, answer, scope, timeout, <>accepts = true;

	*new { |link, target, answer, scope = \ugen, timeout = 5|
		^super.newCopyArgs(link, target, answer, scope, timeout)
	}

	// in a Routine it waits, throws where there is no answer, and returns the value
	ask { |message, action|
		if(thisThread.isKindOf(Routine)) { ^this.prAsk(message, action) };
		{ this.prAsk(message, action) }.fork(AppClock)
	}

	prAsk { |message, action|
		var event;
		link.ensure;
		event = link.await({ |each| this.prFits(each) }, timeout, { link.server.sendMsg(*message) });
		if(event.notNil and: { event.isError }) {
			// perhaps that of an earlier message
			event = link.await({ |each| this.prFits(each) and: { each.isError.not } }, 0.2) ? event
		};
		if(event.isNil) {
			NNError("nothing on % answers `%`: is there a synth with NN, and is it running?".format(link.server.name, answer)).throw
		};
		if(event.isError) { NNError(event.text).throw };
		action.value(event.answer, event.node, event);
		^event.answer
	}

	prFits { |event|
		var is = [event.node, event.id, event.model];
		^event.scope == scope and: { event.answers(answer) }
		and: { target.every { |wanted, index| wanted == -1 or: { wanted == is[index] } } }
		and: { event.isError or: { accepts.value(event) } }
	}
}
