package dev.belfry.database.connections;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionMetadata;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Lifecycle;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Mono;

/**
 * A connection that is ended when it owes an answer for too long. Before it is used after
 * some silence, it is asked whether it is there.
 */
public final class LimitedConnection implements Connection, Lifecycle, Wrapped<Connection> {

	/** Until a connection must have said that it is there. */
	private static final Duration TO_SHOW = Duration.ofSeconds(1);

	private static final Runnable NOTHING = () -> {
	};

	private final Connection connection;

	private final DatabaseLines lines;

	private final DatabaseLine line;

	private final AtomicReference<Runnable> release = new AtomicReference<>(NOTHING);

	LimitedConnection(Connection connection, DatabaseLines lines, Duration patience) {
		this.connection = connection;
		this.lines = lines;
		this.line = new DatabaseLine(connection, patience);
		lines.opened(this.line);
	}

	/** Does something once whoever has it gives it back to the pool, or it is closed. */
	public void onRelease(Runnable work) {
		this.release.set(work);
	}

	private void released() {
		this.release.getAndSet(NOTHING).run();
	}

	@Override
	public Mono<Void> postAllocate() {
		return Mono.empty();
	}

	@Override
	public Mono<Void> preRelease() {
		return Mono.fromRunnable(this::released);
	}

	/** Whether it is closed, or not to be used again. Asks nobody. */
	boolean isOver() {
		AtomicBoolean open = new AtomicBoolean();
		Mono.from(this.connection.validate(ValidationDepth.LOCAL)).subscribe(open::set, (closed) -> {
		});
		return this.line.isRetired() || !open.get();
	}

	@Override
	public Statement createStatement(String sql) {
		return new LimitedStatement(this.connection.createStatement(sql), this.line);
	}

	/** Statements take arrays in its place. */
	@Override
	public Batch createBatch() {
		throw new UnsupportedOperationException("Batches have no limit here");
	}

	@Override
	public Publisher<Boolean> validate(ValidationDepth depth) {
		if (this.line.isRetired()) {
			return Mono.just(false);
		}
		return this.line.isFresh() ? this.connection.validate(ValidationDepth.LOCAL)
				: this.line.ask(this.connection.validate(ValidationDepth.REMOTE), TO_SHOW).next();
	}

	@Override
	public Mono<Void> close() {
		return Mono.from(this.connection.close()).doFinally((signal) -> {
			this.lines.closed(this.line);
			released();
		});
	}

	@Override
	public Mono<Void> beginTransaction() {
		return ask(this.connection.beginTransaction());
	}

	@Override
	public Mono<Void> beginTransaction(TransactionDefinition definition) {
		return ask(this.connection.beginTransaction(definition));
	}

	@Override
	public Mono<Void> commitTransaction() {
		return ask(this.connection.commitTransaction());
	}

	@Override
	public Mono<Void> rollbackTransaction() {
		return ask(this.connection.rollbackTransaction());
	}

	@Override
	public Mono<Void> createSavepoint(String name) {
		return ask(this.connection.createSavepoint(name));
	}

	@Override
	public Mono<Void> releaseSavepoint(String name) {
		return ask(this.connection.releaseSavepoint(name));
	}

	@Override
	public Mono<Void> rollbackTransactionToSavepoint(String name) {
		return ask(this.connection.rollbackTransactionToSavepoint(name));
	}

	@Override
	public Mono<Void> setAutoCommit(boolean autoCommit) {
		return ask(this.connection.setAutoCommit(autoCommit));
	}

	@Override
	public Mono<Void> setLockWaitTimeout(Duration timeout) {
		return ask(this.connection.setLockWaitTimeout(timeout));
	}

	@Override
	public Mono<Void> setStatementTimeout(Duration timeout) {
		return ask(this.connection.setStatementTimeout(timeout));
	}

	@Override
	public Mono<Void> setTransactionIsolationLevel(IsolationLevel level) {
		return ask(this.connection.setTransactionIsolationLevel(level));
	}

	@Override
	public boolean isAutoCommit() {
		return this.connection.isAutoCommit();
	}

	@Override
	public IsolationLevel getTransactionIsolationLevel() {
		return this.connection.getTransactionIsolationLevel();
	}

	@Override
	public ConnectionMetadata getMetadata() {
		return this.connection.getMetadata();
	}

	@Override
	public Connection unwrap() {
		return this.connection;
	}

	private Mono<Void> ask(Publisher<Void> question) {
		return this.line.ask(question).then();
	}

	/** What it is asked. */
	private record LimitedStatement(Statement statement, DatabaseLine line) implements Statement {

		@Override
		public Publisher<? extends Result> execute() {
			return this.line.ask(this.statement.execute());
		}

		@Override
		public Statement add() {
			this.statement.add();
			return this;
		}

		@Override
		public Statement bind(int index, Object value) {
			this.statement.bind(index, value);
			return this;
		}

		@Override
		public Statement bind(String name, Object value) {
			this.statement.bind(name, value);
			return this;
		}

		@Override
		public Statement bindNull(int index, Class<?> type) {
			this.statement.bindNull(index, type);
			return this;
		}

		@Override
		public Statement bindNull(String name, Class<?> type) {
			this.statement.bindNull(name, type);
			return this;
		}

		@Override
		public Statement returnGeneratedValues(String... columns) {
			this.statement.returnGeneratedValues(columns);
			return this;
		}

		@Override
		public Statement fetchSize(int rows) {
			this.statement.fetchSize(rows);
			return this;
		}

	}

}
