package dev.belfry.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.suppression.UnsubscribeTokens;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.NeedsPrograms;
import dev.belfry.testing.Programs;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages in Chromium, behind a proxy that ends TLS: they unsubscribe, and use GraphQL by
 * all its transports.
 */
@NeedsPrograms({ "chromium", "chromedriver", "nginx", "openssl" })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTests {

	private static final String TOPIC = "GLOBAL:ORDER_ON_HOLD";

	/** What a page gets by HTTP, WebSocket and server-sent events. */
	private static final String USE_GRAPHQL = """
			const [url, token, done] = arguments;
			const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
			const post = (query, accept) => fetch(url, {
			  method: 'POST', headers: { ...headers, accept }, body: JSON.stringify({ query }),
			});
			const byHttp = async () => {
			  const answer = await post('{ viewer { scopes } }', 'application/json');
			  return answer.ok ? Object.keys((await answer.json()).data)[0] : answer.status;
			};
			const byEvents = async () => {
			  const answer = await post('subscription { bell { unseenCount } }', 'text/event-stream');
			  if (!answer.ok) return answer.status;
			  const reader = answer.body.getReader();
			  const { value } = await reader.read();
			  reader.cancel();
			  return new TextDecoder().decode(value).includes('"unseenCount":0') ? 'bell' : 'nonsense';
			};
			const bySocket = () => new Promise((resolve) => {
			  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
			  socket.onopen = () => socket.send(JSON.stringify(
			    { type: 'connection_init', payload: { headers: { Authorization: `Bearer ${token}` } } }));
			  socket.onmessage = ({ data }) => {
			    const { type, payload } = JSON.parse(data);
			    if (type === 'connection_ack') socket.send(JSON.stringify(
			      { id: '1', type: 'subscribe', payload: { query: 'subscription { bell { unseenCount } }' } }));
			    if (type === 'next') { resolve(Object.keys(payload.data)[0]); socket.close(); }
			  };
			  socket.onclose = ({ code, reason }) => resolve(`closed ${code} ${reason}`.trim());
			});
			const refused = () => 'refused';
			Promise.all([byHttp().catch(refused), byEvents().catch(refused), bySocket()]).then(done);
			""";

	@TempDir
	private static Path folder;

	private LocalNode node;

	private TlsProxy proxy;

	private Browser browser;

	private int port;

	@BeforeAll
	void start() throws IOException, InterruptedException {
		this.port = Programs.freePort();
		this.node = LocalNode.start(TestDatabase.createDatabase(),
				"belfry.public-url=https://notifications.example:" + this.port,
				"belfry.cors.origins=https://shop.example:" + this.port, "server.forward-headers-strategy=framework");
		this.proxy = TlsProxy.start(folder, this.port, this.node.port());
		this.browser = Browser.start(folder);
	}

	@AfterAll
	void stop() {
		for (AutoCloseable each : new AutoCloseable[] { this.browser, this.proxy, this.node }) {
			try {
				if (each != null) {
					each.close();
				}
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	@Test
	void unsubscribesByAClick() {
		for (String server : List.of("http://127.0.0.1:" + this.node.port(), site(TlsProxy.PLAIN),
				site(TlsProxy.FORWARDING))) {
			Shop shop = shop();

			this.browser.open(server + "/unsubscribe/" + shop.unsubscribe());
			this.browser.awaitHeading("Unsubscribe?");
			this.browser.click("button");

			this.browser.awaitHeading("Unsubscribed");
			assertThat(suppressed(shop)).as(server).containsExactly("jane@shop.example " + TOPIC);
		}
	}

	@Test
	void unsubscribesFromAPageOfAWebmail() throws IOException {
		Shop shop = shop();
		TlsProxy.page(folder, "mail.html", """
				<!DOCTYPE html><h1>An e-mail</h1><form method="post" action="%s/unsubscribe/%s">
				<input type="hidden" name="List-Unsubscribe" value="One-Click"><button>Unsubscribe</button></form>"""
			.formatted(site(TlsProxy.PLAIN), shop.unsubscribe()));

		this.browser.open(site("webmail.example") + "/mail.html");
		this.browser.click("button");

		this.browser.awaitHeading("Unsubscribed");
		assertThat(suppressed(shop)).containsExactly("jane@shop.example " + TOPIC);
	}

	@Test
	void usesGraphQlFromPagesOfItsOwn() {
		for (String server : List.of(site(TlsProxy.PLAIN), site(TlsProxy.FORWARDING))) {
			assertThat(use(server, server)).as(server).containsExactly("viewer", "bell", "bell");
		}
	}

	@Test
	void usesGraphQlFromPagesThatAreListed() {
		assertThat(use(site("shop.example"), site(TlsProxy.PLAIN))).containsExactly("viewer", "bell", "bell");
		assertThat(use(site("shop.example"), site(TlsProxy.FORWARDING))).containsExactly("viewer", "bell", "bell");
	}

	/** A browser shows a page of elsewhere nothing, and not even why. */
	@Test
	void refusesPagesOfElsewhere() {
		for (String server : List.of(site(TlsProxy.PLAIN), site(TlsProxy.FORWARDING))) {
			assertThat(use(site("elsewhere.example"), server)).as(server)
				.containsExactly("refused", "refused", "closed 1006");
		}
	}

	private List<String> use(String page, String server) {
		String account = "shop-" + UUID.randomUUID();
		this.node.accounts().create(account);
		this.browser.open(page + "/page.html");
		return this.browser.run(USE_GRAPHQL, server + "/graphql", TestTokens.owner(account))
			.valueStream()
			.map(JsonNode::asString)
			.toList();
	}

	private String site(String name) {
		return "https://" + name + ":" + this.port;
	}

	private Shop shop() {
		String name = "shop-" + UUID.randomUUID();
		AccountId account = this.node.accounts().create(name);
		return new Shop(name,
				this.node.bean(UnsubscribeTokens.class).token(account, "jane@shop.example", new Topic(TOPIC)));
	}

	private List<String> suppressed(Shop shop) {
		return this.node.client(TestTokens.owner(shop.account()))
			.ask("{ suppressions { nodes { address topic } } }")
			.field("suppressions.nodes")
			.toEntityList(Suppressed.class)
			.stream()
			.map((suppressed) -> suppressed.address() + " " + suppressed.topic())
			.toList();
	}

	/**
	 * An account.
	 *
	 * @param unsubscribe the token in the link of an e-mail to Jane
	 */
	private record Shop(String account, String unsubscribe) {
	}

	private record Suppressed(String address, String topic) {
	}

}
