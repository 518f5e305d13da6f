package dev.belfry.live.socket;

import java.util.List;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.graphql.answers.Answers;
import dev.belfry.graphql.errors.Failures;
import dev.belfry.input.Refusal;
import dev.belfry.live.broadcast.Broadcasts;
import dev.belfry.live.broadcast.Subscriptions;
import dev.belfry.viewer.Viewer;
import dev.belfry.web.connections.Limit;
import dev.belfry.web.connections.Newcomers;
import dev.belfry.web.connections.Seats;
import dev.belfry.web.tokens.Tokens;

/** What all sockets share. */
@Component
class SocketServices {

	private final WebGraphQlHandler handler;

	private final Subscriptions subscriptions;

	private final Broadcasts broadcasts;

	private final Tokens tokens;

	private final JsonMapper json;

	private final Answers answers;

	private final SocketSettings settings;

	private final Seats seats;

	private final Newcomers newcomers;

	private final Limit messages;

	private final MeterRegistry metrics;

	SocketServices(WebGraphQlHandler handler, Subscriptions subscriptions, Broadcasts broadcasts, Tokens tokens,
			JsonMapper json, Answers answers, SocketSettings settings, Seats seats, Newcomers newcomers,
			MeterRegistry metrics) {
		this.handler = handler;
		this.subscriptions = subscriptions;
		this.broadcasts = broadcasts;
		this.tokens = tokens;
		this.json = json;
		this.answers = answers;
		this.settings = settings;
		this.seats = seats;
		this.newcomers = newcomers;
		this.messages = new Limit("socket.messages", settings.messages(), metrics);
		this.metrics = metrics;
	}

	/** What a query or mutation answers; the last message ends it. */
	Flux<ServerMessage> answer(WebGraphQlRequest request, Viewer viewer, ServerMessage.Envelope envelope) {
		return Mono.defer(() -> this.handler.handleRequest(request))
			.flatMapMany((response) -> messages(response, envelope))
			.onErrorResume((problem) -> Mono.fromSupplier(() -> failed(problem, request.getId(), envelope)))
			.contextWrite(Context.of(Viewer.class, viewer));
	}

	private Flux<ServerMessage> messages(WebGraphQlResponse response, ServerMessage.Envelope envelope) {
		ExecutionResult result = response.getExecutionResult();
		return result.isDataPresent()
				? Flux.just(envelope.next(this.answers.write(result.toSpecification())), envelope.complete())
				: Flux.just(error(result.getErrors(), envelope));
	}

	private ServerMessage failed(Throwable problem, String id, ServerMessage.Envelope envelope) {
		return error(List.of(Failures.error(Failures.refusal(problem, id))), envelope);
	}

	private ServerMessage error(List<GraphQLError> errors, ServerMessage.Envelope envelope) {
		return envelope.error(this.answers.write(errors.stream().map(GraphQLError::toSpecification).toList()));
	}

	/** That a socket runs as many operations as it may. */
	ServerMessage tooManyOperations(ServerMessage.Envelope envelope) {
		Refusal refusal = Refusal.of(Refusal.Code.TOO_MANY_OPERATIONS, "A socket runs at most "
				+ this.settings.operations() + " operations at a time. Complete one before the next.");
		return refused(refusal, envelope);
	}

	/** That a socket, or its caller, runs as many operations as it may. */
	ServerMessage refused(Refusal refusal, ServerMessage.Envelope envelope) {
		return error(List.of(Failures.error(refusal)), envelope);
	}

	void closed(CloseCode code) {
		if (code == CloseCode.TOO_MANY_MESSAGES) {
			this.messages.refused();
		}
		this.metrics.counter("belfry.live.closed", "code", Integer.toString(code.code())).increment();
	}

	Subscriptions subscriptions() {
		return this.subscriptions;
	}

	Broadcasts broadcasts() {
		return this.broadcasts;
	}

	Tokens tokens() {
		return this.tokens;
	}

	JsonMapper json() {
		return this.json;
	}

	SocketSettings settings() {
		return this.settings;
	}

	Seats seats() {
		return this.seats;
	}

	Newcomers newcomers() {
		return this.newcomers;
	}

}
