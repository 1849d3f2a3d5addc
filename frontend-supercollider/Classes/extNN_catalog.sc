// Models elsewhere: the catalogue of the server's machine.
+ NN {
	// action.(array of [card, bytes]); posts them without one
	*available { |action, server|
		var link = this.prCatalog(server), found = List.new, waiter;
		{
			var end;
			link.ensure;
			waiter = link.listen({ |event| event.scope == \catalog and: { event.text == "available" } }, { |event|
				found.add([event.values[0].asString, event.values[1]])
			});
			end = link.await({ |event| event.scope == \catalog and: { event.kind == \info } and: { event.text == "available_models" } },
				120, { link.send("/nn_catalog", "get_available_models") });
			link.remove(waiter);
			if(end.isNil or: { end.isError }) { NNError(if(end.isNil) { "the catalogue does not answer: try again later" } { end.text }).throw };
			(action ?? { { |list| list.do { |pair| "% (% bytes)".format(*pair).postln }; "% models".format(list.size).postln } }).value(found.asArray)
		}.fork(AppClock)
	}

	// action.(path) at the end, action.(nil) where nothing came; progress.(per cent, bytes); more are the words "force" or a name
	*download { |card, action, progress, server ... more|
		var link = this.prCatalog(server), name = card.asString, waiter;
		{
			var end;
			link.ensure;
			waiter = link.listen({ |event| event.scope == \catalog and: { event.text == "progress" } and: { this.prIsCard(event.values[0], name) } },
				{ |event| progress.value(event.values[1], event.values[2]) });
			end = link.await({ |event|
				event.scope == \catalog and: {
					(#["downloaded", "cancelled"].any { |word| event.text == word } and: { this.prIsCard(event.values[0], name) })
					or: { event.isError and: { event.text.contains(name) } }
				}
			}, nil, { link.send("/nn_catalog", "download", name, *NNAttributes.words(more)) });
			link.remove(waiter);
			if(end.notNil and: { end.text == "downloaded" }) {
				action.value(end.values[1].asString)
			} {
				action.value(nil)
			}
		}.fork(AppClock)
	}

	// without a card all downloads that were begun here
	*cancel { |card, server|
		var link = this.prCatalog(server);
		if(card.isNil) { link.send("/nn_catalog", "cancel") } { link.send("/nn_catalog", "cancel", card.asString) }
	}

	// a card can be named by its end
	*prIsCard { |card, name|
		^card.asString == name or: { card.asString.endsWith("/" ++ name) }
	}

	*prCatalog { |server|
		server = server ? Server.default;
		NNServer.checkRunning(server, "the catalogue");
		^NNServer.of(server)
	}
}
