// The language's end of the connection to one server: is the plug-in there, what does it tell, which models does it have.
NNServer {
	classvar <links, responder, protocol = 1;
	var <server, <port, <version, <ready = false, known, waiters, playing;

	*initClass {
		links = IdentityDictionary.new;
		StartUp.add {
			ServerBoot.add(this, \all);
			ServerQuit.add(this, \all);
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

	// all numbers under which servers know models
	*indices {
		^links.values.asArray.collect { |link| link.knownIndices }.flatten(1)
	}

	*doOnServerBoot { |server|
		if(links[server].notNil or: { NN.prRegistry.allOn(server).notEmpty }) { this.of(server).prBooted }
	}

	*doOnServerQuit { |server|
		links[server] !? { |link| link.prQuit }
	}

	prInit { |argServer|
		server = argServer;
		known = IdentityDictionary.new;
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

	knownIndices { ^known.keys.asArray }

	modelAt { |idx| ^known[idx] }

	// how many UGens play it, as far as is known
	numPlaying { |model| ^playing.itemCount(model.idx) }

	send { |... message| server.sendMsg("/cmd", *message) }

	prListen { this.send("/nn_listen", port, this.prHost) }

	// in a Routine: throws unless the plug-in answers. A server that is busy answers late, so the plug-in is
	// missing only where the server has done what was sent to it
	ensure { |timeout = 30|
		var answer, why, synced, failed, id = UniqueID.next;
		if(ready) { ^this };
		answer = waiters.await({ |event| event.kind == \version }, timeout, { |finish|
			synced = OSCFunc({
				why = this.prMissing;
				SystemClock.sched(0.5, { finish.value(nil); nil })
			}, '/synced', server.addr, argTemplate: [id]);
			// other extensions fail too
			failed = OSCFunc({ |message|
				var text = message.drop(2).join(" ");
				if(text.contains("nn_")) { why = "% (the server says: %)".format(this.prMissing, text); finish.value(nil) }
			}, '/fail', server.addr, argTemplate: ['/cmd']);
			this.prListen;
			server.sendMsg("/sync", id)
		});
		synced.free;
		failed.free;
		if(answer.isNil) {
			NNError(why ? "the server % does not answer: wait until it has done its work, or reboot it".format(server.name)).throw
		};
		if(answer.isError) { NNError(answer.text).throw }
	}

	prMissing {
		^"the server % has no plug-in nn: put the folder nn into % (Platform.userExtensionDir)%, recompile the class library and reboot the server".format(
			server.name, Platform.userExtensionDir, if(server.isLocal) { "" } { " of its machine" })
	}

	// in a Routine: true when the server has done all that was sent to it before
	sync { |timeout = 30|
		var id = UniqueID.next, responder, end;
		end = waiters.await({ false }, timeout, { |finish|
			responder = OSCFunc({ finish.value(true) }, '/synced', server.addr, argTemplate: [id]);
			server.sendMsg("/sync", id)
		});
		responder.free;
		^end == true
	}

	// in a Routine: the first event that the filter takes; nil after the timeout; an error where the server quits
	await { |filter, timeout, start| ^waiters.await(filter, timeout, start) }

	// every event that the filter takes, until remove is called with what this returns
	listen { |filter, function| ^waiters.listen(filter, function) }

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
				if(event.values.notEmpty and: { event.values.first.asInteger != protocol }) {
					"NN: the plug-in % and the classes are of different versions: copy the whole package again".format(version).warn
				}
			},
			\made, { playing.add(event.model) },
			\freed, { playing.remove(event.model) },
			\described, {
				var info = NNModelInfo.fromText(event.text);
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
		playing = Bag.new;
		this.prEnd("the server % has quit".format(server.name), \quit)
	}
}
