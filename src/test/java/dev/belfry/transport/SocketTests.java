package dev.belfry.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;

import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@BelfryTest
class SocketTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Duration AFTER_CLOSE = Duration.ofMillis(500);

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String account = "shop-" + UUID.randomUUID();

	@BeforeEach
	void createAccount() {
		this.accounts.create(this.account);
	}

	@Test
	void answersQueriesToAViewer() {
		Conversation talk = talk(init(TestTokens.owner(this.account)), ask("{ viewer { account { externalId } } }"));

		assertThat(talk.received()).anyMatch((message) -> message.contains(this.account));
	}

	@Test
	void refusesASocketWithoutToken() {
		assertThat(talk("{\"type\":\"connection_init\"}").closed().getCode()).isEqualTo(4403);
		assertThat(talk("{\"type\":\"connection_init\",\"payload\":{\"authorization\":7}}").closed().getCode())
			.isEqualTo(4403);
	}

	@Test
	void refusesASocketWhoseTokenIsNotGood() {
		String expired = TestTokens.sign(Map.of("account", this.account, "sub", "ann"), Duration.ofMinutes(-2));

		assertThat(talk(init("nonsense")).closed().getCode()).isEqualTo(4403);
		assertThat(talk(init(expired)).closed().getCode()).isEqualTo(4403);
		assertThat(talk(init(TestTokens.owner("nobody"))).closed().getCode()).isEqualTo(4403);
	}

	@Test
	void closesASocketThatAsksBeforeItSaysWhoItIs() {
		assertThat(talk(ask("{ viewer { scopes } }")).closed().getCode()).isEqualTo(4401);
	}

	@Test
	void closesASocketWhenItsTokenExpires() {
		String ending = TestTokens.sign(Map.of("account", this.account, "sub", "ann", "scope", "notifications:read"),
				Duration.ofSeconds(-57));

		Conversation talk = talk(init(ending), ask("subscription { bell { unseenCount } }"));

		assertThat(talk.received()).anyMatch((message) -> message.contains("\"unseenCount\":0"));
		assertThat(talk.closed().getCode()).isEqualTo(4403);
	}

	@Test
	void givesErrorsTheSameCodesAsOverHttp() {
		Conversation talk = talk(init(TestTokens.user(this.account, "ann", "settings:read")),
				ask("subscription { bell { unseenCount } }"));

		assertThat(talk.received())
			.anyMatch((message) -> message.contains("FORBIDDEN") && message.contains("notifications:read"));
		assertThat(talk(init(TestTokens.owner(this.account)), ask("{ nothing }")).received())
			.anyMatch((message) -> message.contains("GRAPHQL_VALIDATION_FAILED"));
	}

	@Test
	void refusesSocketsOfForeignPages() {
		HttpHeaders headers = new HttpHeaders();
		headers.setOrigin("https://elsewhere.example");

		assertThatThrownBy(() -> new ReactorNettyWebSocketClient().execute(url(), headers, (session) -> Mono.empty())
			.block(TIMEOUT)).hasMessageContaining("403");
	}

	/**
	 * Says all, one after the other, and hears until an answer is complete or the socket
	 * is closed.
	 */
	private Conversation talk(String... messages) {
		List<String> received = new CopyOnWriteArrayList<>();
		AtomicReference<CloseStatus> closed = new AtomicReference<>();
		new ReactorNettyWebSocketClient().execute(url(), new WebSocketHandler() {

			@Override
			public List<String> getSubProtocols() {
				return List.of("graphql-transport-ws");
			}

			@Override
			public Mono<Void> handle(WebSocketSession session) {
				Mono<CloseStatus> end = session.closeStatus().doOnNext(closed::set).timeout(AFTER_CLOSE, Mono.empty());
				Flux<WebSocketMessage> said = Flux.fromArray(messages)
					.delayElements(Duration.ofMillis(300))
					.map(session::textMessage);
				Mono<Void> heard = session.receive()
					.map(WebSocketMessage::getPayloadAsText)
					.doOnNext(received::add)
					.takeUntil((message) -> message.contains("\"complete\"") || message.contains("\"error\""))
					.then();
				return session.send(said).and(heard.then(end));
			}

		}).block(TIMEOUT);
		return new Conversation(received, closed.get());
	}

	private URI url() {
		return URI.create("ws://127.0.0.1:" + this.port + "/graphql");
	}

	private static String init(String token) {
		return "{\"type\":\"connection_init\",\"payload\":{\"authorization\":\"Bearer " + token + "\"}}";
	}

	private static String ask(String document) {
		return "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"" + document + "\"}}";
	}

	private record Conversation(List<String> received, CloseStatus closed) {
	}

}
