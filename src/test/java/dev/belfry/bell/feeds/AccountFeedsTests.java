package dev.belfry.bell.feeds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import dev.belfry.database.connections.Epoch;
import dev.belfry.ids.Installation;
import dev.belfry.jobs.history.JobLog;
import dev.belfry.jobs.log.LogHead;
import dev.belfry.jobs.log.LogPoll;
import dev.belfry.jobs.marks.Marks;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class AccountFeedsTests {

	private static final AccountId ACCOUNT = new AccountId(1);

	private final JobLog jobs = mock(JobLog.class);

	private final Marks marks = mock(Marks.class);

	private final Installation installation = mock(Installation.class);

	private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

	private final AccountFeeds feeds = new AccountFeeds(this.jobs, this.marks,
			new RingBudget(new FeedSettings(Duration.ofSeconds(2), DataSize.ofMegabytes(1), true), this.metrics),
			(hint) -> {
			}, mock(LogPoll.class), (event) -> {
			}, this.installation, this.metrics);

	private final List<Throwable> dropped = new ArrayList<>();

	@BeforeEach
	void collectWhatIsDropped() {
		Hooks.onErrorDropped(this.dropped::add);
		given(this.installation.epoch()).willReturn(new Epoch(1));
		given(this.jobs.tail(any(), anyLong(), anyInt()))
			.willReturn(Mono.just(new JobLog.Tail(new LogHead(1, 0, 0, 0), List.of())));
	}

	@AfterEach
	void resetHooks() {
		Hooks.resetOnErrorDropped();
	}

	@Test
	void aBellThatIsClosedWhileItOpensLeavesNothing() {
		Sinks.Empty<Void> closed = Sinks.empty();
		given(this.marks.of(ACCOUNT, 7)).willAnswer((call) -> {
			closed.tryEmitEmpty();
			return Mono.never();
		});

		this.feeds.listen(ACCOUNT, 7, (feed) -> Flux.never()).takeUntilOther(closed.asMono()).subscribe();

		assertThat(this.dropped).isEmpty();
		assertThat(this.metrics.get("belfry.live.accounts").gauge().value()).isZero();
	}

}
