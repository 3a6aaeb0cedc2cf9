package dev.gatehouse.gateway.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Connections that may only append audit rows. */
public interface AppendConnections {

    /** Opens a connection of the caller's own, outside any pool; fails within a few seconds. */
    Connection open() throws SQLException;
}
