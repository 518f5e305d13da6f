package dev.belfry.embedded.pages;

import java.util.function.Supplier;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.belfry.embedded.demo.DemoAccount;
import dev.belfry.embedded.demo.DemoPerson;
import dev.belfry.embedded.demo.DemoRole;

/** Hands out the demo's tokens as plain text. */
class DemoTokenHandler {

	private final DemoTokens tokens;

	DemoTokenHandler(DemoTokens tokens) {
		this.tokens = tokens;
	}

	Mono<ServerResponse> token(ServerRequest request) {
		DemoRole role = request.queryParam("as").flatMap(DemoRole::of).orElse(null);
		if (role == null) {
			return answer(HttpStatus.BAD_REQUEST, "Choose the role: as=owner, as=member or as=platform.");
		}
		if (role == DemoRole.PLATFORM) {
			return token(this.tokens::forPlatform);
		}
		return request.queryParam("account")
			.flatMap(DemoAccount::of)
			.map((account) -> token(() -> this.tokens.forPerson(DemoPerson.of(account, role))))
			.orElseGet(
					() -> answer(HttpStatus.BAD_REQUEST, "Choose the account: account=northwind or account=harbor."));
	}

	/** To sign takes random numbers, which may make a thread wait. */
	private static Mono<ServerResponse> token(Supplier<String> signing) {
		return Mono.fromSupplier(signing)
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((token) -> answer(HttpStatus.OK, token));
	}

	private static Mono<ServerResponse> answer(HttpStatus status, String text) {
		return ServerResponse.status(status)
			.contentType(MediaType.TEXT_PLAIN)
			.cacheControl(CacheControl.noStore())
			.bodyValue(text);
	}

}
