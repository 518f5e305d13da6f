package dev.belfry.delivery.history;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.springframework.stereotype.Component;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.history.MailTrouble.Latest;
import dev.belfry.delivery.outbox.DeliveryState;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** Looks at what became of the latest e-mails of topics. */
@Component
public class MailTroubles {

	/**
	 * Those of which nothing is known yet say nothing, nor those that were switched off.
	 */
	private static final Query<Map.Entry<Topic, Latest>> LATEST = Query.of("""
			select t.topic, d.state, d.created_at, d.answer from unnest($2::text[]) t (topic) cross join lateral (
			  select d.delivery_id, d.state, d.created_at, d.answer from delivery d
			  where d.account_id = $1 and d.topic = t.topic
			    and (d.state in ('SENT', 'RETRYING', 'FAILED', 'SUPPRESSED') or (d.state = 'PENDING' and d.capped))
			  order by d.delivery_id desc limit $3) d
			order by t.topic, d.delivery_id desc""", MailTroubles::latest);

	private final AccountDatabase database;

	MailTroubles(AccountDatabase database) {
		this.database = database;
	}

	/** By topic, of those that are in trouble. */
	public Mono<Map<Topic, MailTrouble>> of(AccountId account, Collection<Topic> topics) {
		return topics.isEmpty() ? Mono.just(Map.of())
				: this.database.all(account, LATEST, Param.texts(topics, Topic::key), MailTrouble.NUMBER)
					.collectMultimap(Map.Entry::getKey, Map.Entry::getValue)
					.map(MailTroubles::inTrouble);
	}

	private static Map<Topic, MailTrouble> inTrouble(Map<Topic, Collection<Latest>> latest) {
		Map<Topic, MailTrouble> troubles = new HashMap<>();
		latest.forEach((topic, its) -> {
			MailTrouble trouble = MailTrouble.of(List.copyOf(its));
			if (trouble != null) {
				troubles.put(topic, trouble);
			}
		});
		return troubles;
	}

	private static Map.Entry<Topic, Latest> latest(Readable row) {
		return Map.entry(new Topic(Rows.text(row, "topic")), new Latest(DeliveryState.valueOf(Rows.text(row, "state")),
				Rows.instant(row, "created_at"), Objects.requireNonNullElse(row.get("answer", String.class), "")));
	}

}
