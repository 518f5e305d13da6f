package dev.belfry.templates;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventType;
import dev.belfry.catalog.types.Formats;
import dev.belfry.input.InputErrors;

/**
 * The texts of Belfry's own e-mails, from {@code mail/<name>.properties}: templates as
 * those of alerts, in the language of their reader where there is a
 * {@code mail/<name>_<language>.properties}, else in English. A translation may leave out
 * what stays as it is.
 *
 * @see ResourceBundle
 */
public final class EmailTexts {

	private static final Control FILES = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

	private final String name;

	private final EventType type;

	private final Map<Key, List<Piece>> read = new ConcurrentHashMap<>();

	private EmailTexts(String name, EventType type) {
		this.name = name;
		this.type = type;
	}

	/** Texts over the fields of events of a type, and over some more. */
	public static EmailTexts of(String name, EventType type, EventField... more) {
		List<EventField> fields = EventField.all(type.fields(), List.of(more));
		return new EmailTexts(name, new EventType(type.key(), type.title(), "", false, fields, List.of(), Map.of()));
	}

	/** Texts over nothing but these fields. */
	public static EmailTexts of(String name, EventField... fields) {
		return new EmailTexts(name, new EventType(name, name, "", false, List.of(fields), List.of(), Map.of()));
	}

	/**
	 * A text, filled in.
	 * @param values as {@link dev.belfry.values.JsonValues} has them
	 * @throws java.util.MissingResourceException if there is no such text
	 */
	public String write(String key, Map<String, ? extends @Nullable Object> values, Formats formats) {
		ResourceBundle texts = bundle(formats.locale());
		List<Piece> pieces = this.read.computeIfAbsent(new Key(texts.getLocale(), key),
				(any) -> pieces(key, texts.getString(key)));
		return new Renderer(Reference.currencyOf(this.type), values, formats, Budget.unlimited()).write(pieces);
	}

	/**
	 * Some paths of fields, which are the same in all languages; none if there is no such
	 * key.
	 */
	public List<String> paths(String key) {
		ResourceBundle texts = bundle(Locale.ROOT);
		return texts.containsKey(key) ? Arrays.asList(texts.getString(key).split(",\\s*")) : List.of();
	}

	private ResourceBundle bundle(Locale locale) {
		return ResourceBundle.getBundle("mail." + this.name, locale, EmailTexts.class.getClassLoader(), FILES);
	}

	private List<Piece> pieces(String key, String source) {
		InputErrors errors = new InputErrors();
		List<Piece> pieces = new TemplateReader(this.type, source, new TemplateErrors(source, errors)).read();
		if (!errors.isEmpty()) {
			throw new IllegalStateException("mail/" + this.name + ", " + key + ": " + errors.list());
		}
		return pieces;
	}

	private record Key(Locale locale, String key) {
	}

}
