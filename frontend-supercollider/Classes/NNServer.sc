// The language's end of the connection to one server: is the plug-in there, what does it tell, which models does it have.
NNServer {
	classvar <links, responder, protocol = 1;
	var <server, <port, <version, <ready = false, known, taken, waiters, playing;

	*initClass {
		links = IdentityDictionary.new;
		StartUp.add {
			ServerBoot.add(this, \all);
			ServerQuit.add(this, \all);
			CmdPeriod.add(this)
		}
	}

	*of { |server|
		^links[server] ?? { var link = this.new(server); links[server] = link; link }
	}

	*new { |server|
		^super.new.prInit(server)
	}

	*checkRunning { |server, what|
		if(server.serverRunning.not) {
			NNError("%: the server % is not running: boot it first, with s.boot or s.waitForBoot { ... }".format(what, server.name)).throw
		}
	}

	// all numbers under which servers know models, of other clients too
	*indices {
		^links.values.asArray.collect { |link| link.knownIndices }.flatten(1).asSet
	}

	*doOnServerBoot { |server|
		if(links[server].notNil or: { NN.prRegistry.allOn(server).notEmpty }) { this.of(server).prBooted }
	}

	*doOnServerQuit { |server|
		links[server] !? { |link| link.prQuit }
	}

	// timeouts and OSCFuncs are gone, so what waits would wait for ever
	*doOnCmdPeriod {
		// when clocks that are cleared now take new Routines again
		AppClock.sched(0, { links.do { |link| link.prEnd("stopped", \stopped) }; nil })
	}

	prInit { |argServer|
		server = argServer;
		known = IdentityDictionary.new;
		taken = IdentitySet.new;
		waiters = NNWaiters.new;
		playing = Bag.new;
		port = this.prPort;
		responder ?? {
			responder = OSCFunc({ |message, time, address, receivePort|
				var link = links.detect { |each| each.port == receivePort };
				var event = link !? { NNEvent(message.drop(1), link) };
				event !? { link.prReceive(event) }
			}, '/nn.event').fix
		}
	}

	// a port for each server: events do not say which one they come from
	prPort {
		var used = links.values.asArray.collect(_.port);
		if(used.isEmpty) { ^NetAddr.langPort };
		^(57300 .. 57400).detect { |number|
			used.includes(number).not and: { thisProcess.openUDPPort(number) }
		} ? NetAddr.langPort
	}

	prHost {
		^if(server.isLocal) { "127.0.0.1" } { NNAddress.seenFrom(server.addr.ip) }
	}

	knownIndices { ^known.keys.asArray ++ taken.asArray }

	// by whomever
	isTaken { |idx| ^taken.includes(idx) }

	modelAt { |idx| ^known[idx] }

	// how many UGens play it, as far as is known
	numPlaying { |model| ^playing.itemCount(model.idx) }

	send { |... message| server.sendMsg("/cmd", *message) }

	prListen { this.send("/nn_listen", port, this.prHost) }

	// in a Routine: the first event that the filter takes; nil after the timeout; an error where the server quits
	await { |filter, timeout, start| ^waiters.await(filter, timeout, start) }

	// every event that the filter takes, until remove is called with what this returns
	listen { |filter, function| ^waiters.listen(filter, function) }

	numWaiting { ^waiters.size }

	remove { |waiter| waiters.remove(waiter) }

	prEnd { |text, word|
		waiters.end(NNEvent([\error, \server, -1, -1, -1, text, word], this))
	}

	know { |model| known[model.idx] = model }

	forget { |model|
		if(known[model.idx] === model) { known.removeAt(model.idx) }
	}

	prReceive { |event|
		NNWaiters.guard { this.prNote(event) };
		if(server.isLocal.not or: { server.pid.isNil }) { event.post };
		waiters.give(event);
		NNWaiters.guard { NN.onEvent.value(event.kind, event.key, event.text, event) }
	}

	prNote { |event|
		switch(event.kind,
			\version, {
				ready = true;
				version = event.text;
				taken.addAll(event.values.drop(1).collect(_.asInteger));
				if(event.values.notEmpty and: { event.values.first.asInteger != protocol }) {
					"NN: the plug-in % and the classes are of different versions: copy the whole package again".format(version).warn
				}
			},
			\made, { playing.add(event.model) },
			\freed, { playing.remove(event.model) },
			\loaded, { taken.add(event.model) },
			\described, {
				var info = NNModelInfo.fromText(event.text);
				taken.add(event.model);
				info !? { known[event.model] !? { |model| model.prDescribe(info) } }
			}
		)
	}

	prBooted {
		var models = (NN.prRegistry.allOn(server) ++ known.values).asSet.asArray.sort { |a, b| a.idx < b.idx };
		ready = false;
		if(models.isEmpty) { ^this };
		this.prListen;
		models.do { |model| this.know(model); server.sendMsg(*model.loadMsg) };
		{ this.ensure }.fork(AppClock)
	}

	prQuit {
		ready = false;
		taken.clear;
		playing = Bag.new;
		this.prEnd("the server % has quit".format(server.name), \quit)
	}
}
