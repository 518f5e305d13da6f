package dev.belfry.jobs.log;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.r2dbc.spi.Readable;
import org.springframework.stereotype.Component;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** What completions have to say. */
@Component
public class JobMessages {

	private static final Query<Map.Entry<Long, JobMessage>> MESSAGES = Query.of("""
			select position, severity, text, reference from job_message
			where account_id = $1 and position = any ($2) order by position, ordinal""", JobMessages::message);

	private final AccountDatabase database;

	JobMessages(AccountDatabase database) {
		this.database = database;
	}

	/** Of the completions at some positions, each in its order. */
	public Mono<Map<Long, List<JobMessage>>> of(AccountId account, Collection<Long> positions) {
		return this.database.all(account, MESSAGES, Param.numbers(positions))
			.collect(Collectors.groupingBy(Map.Entry::getKey,
					Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
	}

	private static Map.Entry<Long, JobMessage> message(Readable row) {
		return Map.entry(Rows.number(row, "position"),
				new JobMessage(MessageSeverity.valueOf(Rows.text(row, "severity")), Rows.text(row, "text"),
						row.get("reference", String.class)));
	}

}
