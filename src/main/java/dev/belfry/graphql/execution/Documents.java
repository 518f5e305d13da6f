package dev.belfry.graphql.execution;

import graphql.language.Document;
import graphql.language.SourceLocation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.ParsingListener;

/**
 * Parses documents as GraphQL Java does, but for numbers with more digits than one in
 * JSON may have. To read one takes time with the square of its digits: some twenty
 * seconds if it fills a document.
 */
public final class Documents {

	/** As in JSON, where Jackson takes no longer ones. */
	private static final int LONGEST_NUMBER = 1_000;

	static final ParserOptions OPTIONS = ParserOptions.getDefaultOperationParserOptions()
		.transform((options) -> options.parsingListener(Documents::check));

	private Documents() {
	}

	/** Fails with an {@link InvalidSyntaxException} if the text is no document. */
	public static Document parse(String text) {
		return Parser.parse(ParserEnvironment.newParserEnvironment().document(text).parserOptions(OPTIONS).build());
	}

	private static void check(ParsingListener.Token token) {
		String text = token.getText();
		if (text.length() > LONGEST_NUMBER && "-0123456789".indexOf(text.charAt(0)) >= 0) {
			throw new LongNumber(new SourceLocation(token.getLine(), token.getCharPositionInLine() + 1));
		}
	}

	private static final class LongNumber extends InvalidSyntaxException {

		LongNumber(SourceLocation location) {
			super("A number may have at most " + LONGEST_NUMBER + " characters.", location, null, null, null);
		}

	}

}
