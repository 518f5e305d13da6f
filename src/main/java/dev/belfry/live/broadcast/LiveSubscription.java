package dev.belfry.live.broadcast;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.User;
import dev.belfry.viewer.Viewer;

/**
 * A subscription as a client asks for it.
 *
 * @param traits what of it depends on who listens, and from where on
 */
public record LiveSubscription(String document, @Nullable String operationName, Map<String, Object> variables,
		Subscriptions.Traits traits) {

	/** Where it begins. */
	public StreamPosition start() {
		return StreamPosition.first(since());
	}

	/** What it shares with others, if the viewer asks for it. */
	public Broadcast.Key key(Viewer viewer) {
		AccountId account = (viewer.account() != null) ? viewer.account().accountId() : null;
		User user = this.traits.broadcast() ? null : viewer.user();
		Map<String, Object> others = new HashMap<>(this.variables);
		if (since() != null) {
			others.remove(String.valueOf(this.traits.sinceVariable()));
		}
		return new Broadcast.Key(viewer.epoch(), account, (user != null) ? user.userId() : null, viewer.scopes(),
				new LiveSubscription(this.document, this.operationName, others, this.traits));
	}

	/** The request for GraphQL, to go on after a cursor. */
	Map<String, Object> request(@Nullable String since) {
		Map<String, Object> all = new HashMap<>(this.variables);
		if (since != null && this.traits.sinceVariable() != null) {
			all.put(this.traits.sinceVariable(), since);
		}
		Map<String, Object> request = new HashMap<>();
		request.put("query", this.document);
		request.put("operationName", this.operationName);
		request.put("variables", all);
		return request;
	}

	private @Nullable String since() {
		return (this.variables.get(String.valueOf(this.traits.sinceVariable())) instanceof String since) ? since : null;
	}

}
