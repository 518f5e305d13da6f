package dev.belfry.delivery.suppression;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

import org.springframework.web.util.HtmlUtils;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.Formats;
import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.suppression.UnsubscribeTokens.Unsubscription;
import dev.belfry.templates.EmailTexts;
import dev.belfry.values.OneLine;

/** The pages behind the link at the end of an e-mail. They load nothing. */
final class UnsubscribePages {

	private static final String STYLE = """
			:root { color-scheme: light dark; }
			body { max-width: 34rem; margin: 12vh auto; padding: 0 1.25rem;
			  font: 1.05rem/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
			h1 { font-size: 1.5rem; line-height: 1.3; }
			label { display: block; margin: .6rem 0; }
			button { margin-top: 1rem; padding: .6rem 1.4rem; font: inherit; }
			""";

	/** Only the style above, and a form that leads back here. */
	static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src '" + hash(STYLE)
			+ "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

	private static final String PAGE = """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<meta name="robots" content="noindex">
			<title>%s</title>
			<style>%s</style>
			</head>
			<body>
			<h1>%s</h1>
			%s</body>
			</html>
			""";

	private static final EmailTexts TEXTS = EmailTexts.of("unsubscribe",
			EventField.text("address", "Address", "Part of the address."),
			EventField.text("topic", "Topic", "What the e-mails are about."));

	private UnsubscribePages() {
	}

	static String question(Unsubscription what) {
		return page("question", what);
	}

	static String stopped(Unsubscription what, boolean all) {
		return page(all ? "stoppedAll" : "stopped", what);
	}

	static String unknown() {
		return page("unknown", Map.of());
	}

	static String trouble() {
		return page("trouble", Map.of());
	}

	private static String page(String name, Unsubscription what) {
		return page(name, Map.of("address", escaped(what.maskedAddress()), "topic", escaped(what.topic().inWords())));
	}

	private static String page(String name, Map<String, String> escaped) {
		String title = TEXTS.write(name + ".title", escaped, Formats.PLAIN);
		return PAGE.formatted(title, STYLE, title, TEXTS.write(name, escaped, Formats.PLAIN));
	}

	private static String escaped(String text) {
		return HtmlUtils.htmlEscape(OneLine.of(text), "UTF-8");
	}

	private static String hash(String style) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
