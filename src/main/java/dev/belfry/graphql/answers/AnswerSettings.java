package dev.belfry.graphql.answers;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import dev.belfry.start.StartRefused;

/**
 * How long answers may be.
 *
 * @param longestAnswer an answer by HTTP, a message of a socket or an event, as JSON
 */
@ConfigurationProperties("belfry.graphql")
record AnswerSettings(@DefaultValue("64MB") DataSize longestAnswer) {

	private static final DataSize LEAST = DataSize.ofKilobytes(1);

	private static final DataSize MOST = DataSize.ofGigabytes(1);

	AnswerSettings {
		StartRefused.unless(longestAnswer.compareTo(LEAST) >= 0 && longestAnswer.compareTo(MOST) <= 0,
				"belfry.graphql.longest-answer is " + longestAnswer + ".",
				"Set it to a size from 1KB to 1GB, for example 64MB.");
	}

}
