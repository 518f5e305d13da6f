package dev.belfry.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;

import dev.belfry.testing.Programs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chromium without a window, driven by chromedriver (W3C WebDriver). Every host name
 * leads to this machine, and no certificate is looked at.
 */
final class Browser implements AutoCloseable {

	private static final Duration START = Duration.ofSeconds(60);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final List<String> FLAGS = List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
			"--disable-dev-shm-usage", "--ignore-certificate-errors", "--host-resolver-rules=MAP * 127.0.0.1");

	private static final JsonMapper JSON = new JsonMapper();

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final Process driver;

	private final int port;

	private String session = "";

	private Browser(Process driver, int port) {
		this.driver = driver;
		this.port = port;
	}

	/** Starts with a new profile in the folder. */
	static Browser start(Path folder) throws IOException {
		int port = Programs.freePort();
		Path log = folder.resolve("chromedriver.log");
		Process driver = new ProcessBuilder("chromedriver", "--port=" + port, "--allowed-ips=127.0.0.1")
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		Browser browser = new Browser(driver, port);
		Programs.awaitReady(driver, log, START, browser::isReady);
		try {
			browser.begin(folder.resolve("profile"));
			return browser;
		}
		catch (RuntimeException ex) {
			browser.close();
			throw ex;
		}
	}

	private boolean isReady() {
		try {
			return send("GET", "/status", null).at("/ready").asBoolean();
		}
		catch (UncheckedIOException notYet) {
			return false;
		}
	}

	private void begin(Path profile) {
		List<String> flags = new ArrayList<>(FLAGS);
		flags.add("--user-data-dir=" + profile);
		Map<String, Object> wanted = Map.of("acceptInsecureCerts", true, "goog:chromeOptions", Map.of("args", flags));
		this.session = "/session/"
				+ send("POST", "/session", Map.of("capabilities", Map.of("alwaysMatch", wanted))).at("/sessionId")
					.asString();
		send("POST", this.session + "/timeouts", Map.of("script", PATIENCE.toMillis()));
	}

	/** Goes to a page, and waits until it is there. */
	void open(String url) {
		send("POST", this.session + "/url", Map.of("url", url));
	}

	/** Clicks on the first element that the selector of CSS finds. */
	void click(String selector) {
		JsonNode found = send("POST", this.session + "/element", Map.of("using", "css selector", "value", selector));
		String element = found.iterator().next().asString();
		send("POST", this.session + "/element/" + element + "/click", Map.of());
	}

	/** Waits until this is the heading of the page, as it is some time after a click. */
	void awaitHeading(String text) {
		Awaitility.await(text).atMost(PATIENCE).ignoreExceptions().until(() -> heading().equals(text));
	}

	private String heading() {
		return send("POST", this.session + "/execute/sync",
				Map.of("script", "return document.querySelector('h1')?.innerText ?? ''", "args", List.of()))
			.asString();
	}

	/**
	 * Runs JavaScript in the page. Its last argument is the function to call with the
	 * result.
	 */
	JsonNode run(String script, Object... arguments) {
		return send("POST", this.session + "/execute/async", Map.of("script", script, "args", List.of(arguments)));
	}

	private JsonNode send(String method, String path, Object body) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(PATIENCE.plusSeconds(10))
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))
							: HttpRequest.BodyPublishers.noBody())
			.build();
		try {
			HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				throw new IllegalStateException(path + ": " + response.body());
			}
			return JSON.readTree(response.body()).at("/value");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		try {
			if (!this.session.isEmpty()) {
				send("DELETE", this.session, null);
			}
		}
		finally {
			this.driver.destroy();
			this.driver.onExit().join();
		}
	}

}
