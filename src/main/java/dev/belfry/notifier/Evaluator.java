package dev.belfry.notifier;

import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.belfry.delivery.CauseLog;
import dev.belfry.notifier.Judge.Verdict;
import dev.belfry.notifier.Notifier.Result;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Evaluates the next entries of one account, and commits what came of it. */
@Component
class Evaluator {

	private final Turns turns;

	private final Emails emails;

	private final NotifierSettings settings;

	Evaluator(Turns turns, Emails emails, NotifierSettings settings) {
		this.turns = turns;
		this.emails = emails;
		this.settings = settings;
	}

	Mono<Result> evaluate(Governed governed, List<Entry> entries) {
		Turn next = next(governed, entries);
		boolean sweeps = governed.turn().windowDue() && next.isAtItsEnd();
		if (!sweeps && entries.stream().noneMatch((entry) -> concerns(governed, entry))) {
			return Mono.just(new Result(next, false));
		}
		return this.turns.windows(next.account()).publishOn(Schedulers.parallel()).flatMap((windows) -> {
			Verdict verdict = verdict(governed, entries, windows, sweeps);
			return this.emails.of(next, entries, verdict.tellings())
				.flatMap((emails) -> this.turns.commit(next, verdict, emails, sweeps))
				.map((committed) -> committed ? new Result(next, true) : new Result(governed.turn(), false));
		});
	}

	private Verdict verdict(Governed governed, List<Entry> entries, Map<Recipient, NoiseWindow> windows,
			boolean sweeps) {
		Judge judge = new Judge(this.settings.window(), windows);
		for (Entry entry : entries) {
			for (GlobalRule rule : GlobalRules.of(entry.log())) {
				if (applies(governed, entry, rule)) {
					judge.tell(entry, rule.topic(),
							governed.settings().at(entry.rulesVersion()).addresses(rule.type()));
				}
			}
		}
		if (sweeps) {
			judge.sweep(governed.turn().now());
		}
		return judge.verdict();
	}

	private static boolean concerns(Governed governed, Entry entry) {
		return GlobalRules.of(entry.log()).stream().anyMatch((rule) -> applies(governed, entry, rule));
	}

	/** Whether a toggle was on when the entry was committed, and is about it. */
	private static boolean applies(Governed governed, Entry entry, GlobalRule rule) {
		return governed.settings().at(entry.rulesVersion()).enabled(rule.type()) && rule.concerns(entry);
	}

	/** Where the turn gets to by these entries. */
	private static Turn next(Governed governed, List<Entry> entries) {
		Turn turn = governed.turn();
		long job = reached(entries, CauseLog.JOBS, turn.jobEnd());
		long event = reached(entries, CauseLog.EVENTS, turn.eventEnd());
		boolean atItsEnd = job == turn.jobEnd() && event == turn.eventEnd();
		return turn.movedTo(job, event, atItsEnd ? turn.rulesTo() : turn.rulesFrom());
	}

	/** A full page may have more behind it; any other has shown all there was. */
	private static long reached(List<Entry> entries, CauseLog log, long end) {
		List<Entry> page = entries.stream().filter((entry) -> entry.log() == log).toList();
		return (page.size() == Pages.MOST) ? page.get(Pages.MOST - 1).position() : end;
	}

}
