// Stands for a running server with the plug-in: what is sent to it comes back here, and it answers as the plug-in does.
NNFakeServer : Server {
	var <messages, <>mute = false, <>failing = false, <>silent = false, <>busy = 0, <>numbers, <>catalogue = false;
	var responders, <answers, <>client, <>remote;

	*make { |name = \nnFake|
		^this.new(name, NetAddr("127.0.0.1", NetAddr.langPort)).prStart
	}

	prStart {
		messages = List.new;
		answers = Dictionary.new;
		numbers = [];
		// one that is busy does all later, in the same order
		responders = [
			OSCFunc({ |message| this.prLater { this.prTake(message.drop(1)) } }, '/cmd').fix,
			OSCFunc({ |message| this.prLater { addr.sendMsg('/synced', message[1]) } }, '/sync').fix
		]
	}

	prLater { |function|
		if(busy == 0) { function.value } { SystemClock.sched(busy, { function.value; nil }) }
	}

	serverRunning { ^messages.notNil and: { mute != \off } }
	isLocal { ^remote != true }
	clientID { ^client ? 0 }
	sampleRate { ^48000 }

	stop {
		responders.do(_.free);
		NNServer.links.removeAt(this);
		Server.all.remove(this);
		Server.named.removeAt(name)
	}

	port { ^NNServer.of(this).port }

	event { |kind, scope, node, id, model, text ... values|
		NetAddr("127.0.0.1", this.port).sendMsg('/nn.event', kind, scope, node, id, model, text, *values)
	}

	prTake { |message|
		messages.add(message);
		if(mute != false) { ^this };
		switch(message[0],
			'/nn_listen', { this.event(\version, \server, -1, -1, -1, "0.1.0", 1, *numbers) },
			'/nn_load', {
				if(silent) { ^this };
				if(failing) {
					this.event(\failed, \model, -1, -1, message[1], "it is no model: export it again")
				} {
					this.event(\described, \model, -1, -1, message[1], this.prDescription(message[2].asString));
					this.event(\loaded, \model, -1, -1, message[1], "")
				}
			},
			'/nn_send', { this.prAnswer(\ugen, message[1], message[2], message[3], message[4], message.drop(5)) },
			'/nn_catalog', { if(catalogue) { this.prCatalogue(message.drop(1)) } },
			'/nn_model', { this.prAnswer(\model, -1, -1, message[1], message[2], message.drop(3)) }
		)
	}

	prCatalogue { |message|
		var info = { |... values| this.event(\info, \catalog, -1, -1, -1, *values) };
		switch(message[0],
			\get_available_models, {
				info.("available", "shop/gain", 11812);
				info.("available", "shop/voices/codec", -1);
				info.("available_models", 2)
			},
			\download, {
				info.("progress", "shop/voices/codec", 0, 0);
				info.("progress", "shop/voices/codec", 50, 100);
				info.("downloaded", "shop/voices/codec", "/models/codec.ts")
			}
		)
	}

	// in a Routine: until all that was sent has come back
	prSync { 0.1.wait }

	prDescription { |path|
		var file = path ++ ".yaml";
		^if(File.exists(file)) { File.readAllString(file) } { "" }
	}

	prAnswer { |scope, node, id, model, selector, arguments|
		var answer = answers[selector];
		if(answer.isNil) { ^this };
		this.event(\info, scope, node, id, model, *answer.value(*arguments))
	}

	received { |command| ^messages.select { |message| message[0] == command.asSymbol } }
}
