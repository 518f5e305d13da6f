package dev.belfry.delivery.suppression;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import dev.belfry.database.connections.Outages;
import dev.belfry.delivery.suppression.UnsubscribeTokens.Unsubscription;
import reactor.core.publisher.Mono;

/**
 * Stops e-mails. GET only asks, since programs that look for malware follow links too;
 * POST does it, from the page or at one click in a mail program (RFC 8058).
 */
class UnsubscribeHandler {

	private static final Logger log = LoggerFactory.getLogger(UnsubscribeHandler.class);

	private static final int LONGEST_BODY = 4096;

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final UnsubscribeTokens tokens;

	private final Suppressions suppressions;

	UnsubscribeHandler(UnsubscribeTokens tokens, Suppressions suppressions) {
		this.tokens = tokens;
		this.suppressions = suppressions;
	}

	Mono<ServerResponse> ask(ServerRequest request) {
		Unsubscription what = read(request);
		return (what != null) ? answer(HttpStatus.OK, UnsubscribePages.question(what)) : unknown();
	}

	Mono<ServerResponse> stop(ServerRequest request) {
		Unsubscription what = read(request);
		if (what == null) {
			return unknown();
		}
		return isForAll(request).flatMap((all) -> stop(what, all))
			.onErrorResume(DataBufferLimitException.class,
					(tooLong) -> answer(HttpStatus.CONTENT_TOO_LARGE, UnsubscribePages.trouble()));
	}

	private Mono<ServerResponse> stop(Unsubscription what, boolean all) {
		return this.suppressions.suppress(what.account(), what.address(), all ? null : what.topic())
			.timeout(PATIENCE)
			.then(Mono.defer(() -> answer(HttpStatus.OK, UnsubscribePages.stopped(what, all))))
			.onErrorResume((problem) -> {
				Outages.report(log, "An unsubscribe request failed", problem);
				return answer(HttpStatus.SERVICE_UNAVAILABLE, UnsubscribePages.trouble());
			});
	}

	private @Nullable Unsubscription read(ServerRequest request) {
		return this.tokens.read(request.pathVariable("token"));
	}

	/** Only the page's form can say so; whatever else is posted is about the topic. */
	private static Mono<Boolean> isForAll(ServerRequest request) {
		return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), LONGEST_BODY)
			.map(UnsubscribeHandler::text)
			.map((body) -> List.of(body.split("&")).contains("scope=all"))
			.defaultIfEmpty(false);
	}

	private static String text(DataBuffer buffer) {
		String text = buffer.toString(StandardCharsets.UTF_8);
		DataBufferUtils.release(buffer);
		return text;
	}

	private static Mono<ServerResponse> unknown() {
		return answer(HttpStatus.NOT_FOUND, UnsubscribePages.unknown());
	}

	private static Mono<ServerResponse> answer(HttpStatus status, String page) {
		return ServerResponse.status(status)
			.contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
			.bodyValue(page);
	}

}
