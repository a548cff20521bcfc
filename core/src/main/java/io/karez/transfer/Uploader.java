package io.karez.transfer;

import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.util.List;

/// Copies files between this machine and one site.
///
/// A file appears under its name when all of it is there, with its times and permissions; until
/// then it has another name. Directories that are missing are made, with the permissions of those
/// that they are copies of and the right of their owner to write; those that exist stay as they
/// are. Nothing is removed. When the connection breaks it is made again, after a while, and the
/// transfer goes on from where it was; the same call does so later. A directory of a site is
/// absolute, or begins at the home directory there, as `~/` does.
public interface Uploader {

  /// As sites and the command line call it.
  String name();

  /// Begins to make a connection, where one is needed, so that it is there when something is asked.
  /// What goes wrong with it is told then.
  default void connect() {}

  /// What there is of these paths in a directory of the site.
  ///
  /// @return empty when there is no such directory
  Listing at(String directory, List<String> paths) throws TransportException;

  /// What lies at these paths, and below them, in a directory of the site. Whatever transfers
  /// always leave out is not in it.
  ///
  /// @param paths the whole directory when empty
  /// @param apart paths that are left out, with all that is in them
  /// @return empty when there is no such directory
  /// @throws TransportException also when a part of it cannot be read
  Selection below(String directory, List<String> paths, List<String> apart)
      throws TransportException;

  /// Copies from a directory of this machine to one of the site, which is made if need be.
  ///
  /// @throws TransportException when nothing can be said of what has become of the rest
  TransferReport send(Listing files, Path from, String to, Progress progress)
      throws TransportException, InterruptedException;

  /// Copies from a directory of the site to one of this machine, which is made if need be.
  ///
  /// @throws TransportException when nothing can be said of what has become of the rest
  TransferReport fetch(Listing files, String from, Path to, Progress progress)
      throws TransportException, InterruptedException;

  /// Removes files and links, and directories that are empty then, from a directory of the site.
  ///
  /// @return what could not be removed; a directory that something is left in is not among it
  List<Unfit> remove(Listing gone, String directory) throws TransportException;

  /// The command lines that copy files, as a person would type them; empty when there are none.
  List<String> shown(Path from, String to);
}
