// SPDX-License-Identifier: Apache-2.0
package dev.kairos.tensor.pickle;

import dev.kairos.tensor.pickle.PickleItems.Kind;
import dev.kairos.tensor.pickle.PickleValue.Bool;
import dev.kairos.tensor.pickle.PickleValue.Int;
import dev.kairos.tensor.pickle.PickleValue.None;
import dev.kairos.tensor.pickle.PickleValue.Real;
import dev.kairos.tensor.pickle.PickleValue.Symbol;
import dev.kairos.tensor.pickle.PickleValue.Text;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the instructions of one pickle: a stack of values, marks on it, and a memo of values that
 * are used again. What may be made is in {@link Whitelist}, what a line of text means in {@link
 * Literals}. Instructions are named as in Python's {@code pickletools}.
 */
final class PickleMachine {
  private static final int HIGHEST_PROTOCOL = 5;

  private final PickleInput in;
  private final boolean storages;
  private final List<PickleValue> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Integer, PickleValue> memo = new HashMap<>();

  PickleMachine(PickleInput in, boolean storages) {
    this.in = in;
    this.storages = storages;
  }

  /** Runs up to {@code STOP} and gives the value on top. */
  PickleValue run() throws IOException {
    int op = in.readByte();
    if (op != 0x80 && "(N}])IJKMLFGSTUVXcPQBC".indexOf(op) < 0) {
      throw in.error("KFMT-011", "is not a pickle: begins with the byte " + op);
    }
    while (op != '.') {
      step(op);
      op = in.readByte();
    }
    if (stack.size() != 1 || !marks.isEmpty()) {
      throw in.broken(stack.size() + " values on its stack");
    }
    return stack.get(0);
  }

  private void step(int op) throws IOException {
    switch (op) {
      case 0x80 -> protocol(); // PROTO
      case 0x95 -> frame(in.readNumber(8)); // FRAME
      case 'N' -> push(None.NONE);
      case 0x88 -> push(new Bool(true)); // NEWTRUE
      case 0x89 -> push(new Bool(false)); // NEWFALSE
      case 'J' -> push(new Int((int) in.readNumber(4))); // BININT
      case 'K' -> push(new Int(in.readNumber(1))); // BININT1
      case 'M' -> push(new Int(in.readNumber(2))); // BININT2
      case 0x8a -> push(Literals.whole(in, in.read(in.readNumber(1)))); // LONG1
      case 0x8b -> push(Literals.whole(in, in.read(in.readNumber(4)))); // LONG4
      case 'I' -> push(Literals.integer(in, in.readWord())); // INT
      case 'L' -> push(Literals.longInteger(in, in.readWord())); // LONG
      case 'F' -> push(Literals.real(in, in.readWord())); // FLOAT
      case 'G' -> // BINFLOAT
          push(new Real(Double.longBitsToDouble(Long.reverseBytes(in.readNumber(8)))));
      case 'S' -> push(Literals.quoted(in, in.readWord())); // STRING
      case 'T' -> push(Literals.oldText(in.read(in.readNumber(4)))); // BINSTRING
      case 'U' -> push(Literals.oldText(in.read(in.readNumber(1)))); // SHORT_BINSTRING
      case 'V' -> push(Literals.escaped(in, in.readWord())); // UNICODE
      case 0x8c -> text(in.readNumber(1)); // SHORT_BINUNICODE
      case 'X' -> text(in.readNumber(4)); // BINUNICODE
      case 0x8d -> text(in.readNumber(8)); // BINUNICODE8
      case 'C' -> push(new PickleBytes(in.read(in.readNumber(1)))); // SHORT_BINBYTES
      case 'B' -> push(new PickleBytes(in.read(in.readNumber(4)))); // BINBYTES
      case 0x8e, 0x96 -> push(new PickleBytes(in.read(in.readNumber(8)))); // BINBYTES8, BYTEARRAY8
      default -> container(op);
    }
  }

  private void container(int op) throws IOException {
    switch (op) {
      case ']' -> push(PickleItems.empty(Kind.LIST));
      case ')' -> push(PickleItems.empty(Kind.TUPLE));
      case 0x8f -> push(PickleItems.empty(Kind.SET)); // EMPTY_SET
      case '}' -> push(new PickleDict(false));
      case 'l' -> push(new PickleItems(Kind.LIST, toMark()));
      case 't' -> push(PickleItems.tuple(toMark()));
      case 0x91 -> push(new PickleItems(Kind.SET, toMark())); // FROZENSET
      case 'd' -> { // DICT
        PickleDict dict = new PickleDict(false);
        putAll(dict, toMark());
        push(dict);
      }
      case 0x85, 0x86, 0x87 -> push(PickleItems.tuple(top(op - 0x84))); // TUPLE1, 2, 3
      case 'a' -> append(top(1), Kind.LIST); // APPEND
      case 'e' -> append(toMark(), Kind.LIST); // APPENDS
      case 0x90 -> append(toMark(), Kind.SET); // ADDITEMS
      case 's' -> putAll(dict(), top(2)); // SETITEM
      case 'u' -> setItems(toMark()); // SETITEMS
      default -> stackAndMemo(op);
    }
  }

  private void stackAndMemo(int op) throws IOException {
    switch (op) {
      case '(' -> {
        in.take(Budget.VALUE_BYTES);
        marks.push(stack.size());
      }
      case '0' -> pop(); // POP
      case '1' -> toMark(); // POP_MARK
      case '2' -> push(peek()); // DUP
      case 'p' -> memorize(Literals.index(in, in.readWord())); // PUT
      case 'q' -> memorize(in.readNumber(1)); // BINPUT
      case 'r' -> memorize(in.readNumber(4)); // LONG_BINPUT
      case 0x94 -> memorize(memo.size()); // MEMOIZE
      case 'g' -> recall(Literals.index(in, in.readWord())); // GET
      case 'h' -> recall(in.readNumber(1)); // BINGET
      case 'j' -> recall(in.readNumber(4)); // LONG_BINGET
      default -> object(op);
    }
  }

  private void object(int op) throws IOException {
    switch (op) {
      case 'c' -> push(Whitelist.symbol(in, in.readWord(), in.readWord())); // GLOBAL
      case 0x93 -> { // STACK_GLOBAL
        List<PickleValue> names = top(2);
        if (!(names.get(0) instanceof Text module) || !(names.get(1) instanceof Text name)) {
          throw in.broken("a name that is no text");
        }
        push(Whitelist.symbol(in, module.value(), name.value()));
      }
      case 'R', 0x81 -> call(top(2)); // REDUCE, NEWOBJ
      case 0x92 -> { // NEWOBJ_EX
        List<PickleValue> call = top(3);
        if (!(call.get(2) instanceof PickleDict named) || named.size() > 0) {
          throw in.refused("gives named arguments to " + call.get(0).describe());
        }
        call(call.subList(0, 2));
      }
      case 'i' -> { // INST
        Symbol name = Whitelist.symbol(in, in.readWord(), in.readWord());
        call(List.of(name, PickleItems.tuple(toMark())));
      }
      case 'o' -> { // OBJ
        List<PickleValue> all = toMark();
        if (all.isEmpty()) {
          throw in.broken("an object without a class");
        }
        call(List.of(all.get(0), PickleItems.tuple(all.subList(1, all.size()))));
      }
      case 'b' -> { // BUILD
        PickleValue state = pop();
        Whitelist.build(in, peek(), state);
      }
      case 'Q' -> push(storage(pop())); // BINPERSID
      case 'P' -> throw in.refused("refers to " + PickleInput.quote(in.readWord())); // PERSID
      case 0x82, 0x83, 0x84 -> throw in.refused("asks for a registered extension"); // EXT1, 2, 4
      case 0x97, 0x98 -> throw in.refused("refers to a buffer outside of the file");
      default -> throw in.broken("the unknown instruction " + op);
    }
  }

  private void protocol() throws IOException {
    int version = in.readByte();
    if (version > HIGHEST_PROTOCOL) {
      throw in.error(
          "KFMT-011", "is a pickle of protocol " + version + ", expected 0 to " + HIGHEST_PROTOCOL);
    }
  }

  /** Frames only say how much to read ahead. */
  private void frame(long length) {
    if (length < 0 || length > in.remaining()) {
      throw in.broken("a frame of " + Long.toUnsignedString(length) + " bytes, beyond its end");
    }
  }

  private void text(long bytes) throws IOException {
    push(Literals.utf8(in, in.read(bytes)));
  }

  private void call(List<PickleValue> call) throws IOException {
    if (!(call.get(0) instanceof Symbol name)) {
      throw in.refused("calls " + call.get(0).describe());
    }
    if (!(call.get(1) instanceof PickleItems arguments) || arguments.kind() != Kind.TUPLE) {
      throw in.broken("a call of " + name.name() + " with " + call.get(1).describe());
    }
    push(Whitelist.call(in, name, arguments));
  }

  private PickleValue storage(PickleValue reference) {
    if (!storages) {
      throw in.refused("refers to " + reference.describe() + " outside of the pickle");
    }
    return TorchCalls.storage(in, reference);
  }

  private void append(List<PickleValue> items, Kind kind) {
    if (!(peek() instanceof PickleItems target) || target.kind() != kind) {
      throw in.broken("items for " + peek().describe());
    }
    target.addAll(items);
  }

  private void setItems(List<PickleValue> items) {
    putAll(peek(), items);
  }

  /** What is to get the entry that lies on top of it. */
  private PickleValue dict() {
    if (stack.size() - floor() < 3) {
      throw in.broken("too few values on its stack");
    }
    return stack.get(stack.size() - 3);
  }

  private void putAll(PickleValue target, List<PickleValue> items) {
    if (!(target instanceof PickleDict dict) || items.size() % 2 != 0) {
      throw in.broken(items.size() + " keys and values for " + target.describe());
    }
    for (int i = 0; i < items.size(); i += 2) {
      dict.put(items.get(i), items.get(i + 1));
    }
  }

  private void memorize(long index) {
    if (index < 0 || index > Integer.MAX_VALUE) {
      throw in.broken("the place " + Long.toUnsignedString(index) + " in its memo");
    }
    in.take(Budget.VALUE_BYTES);
    memo.put((int) index, peek());
  }

  private void recall(long index) {
    PickleValue value = index > Integer.MAX_VALUE ? null : memo.get((int) index);
    if (value == null) {
      throw in.broken("nothing at place " + index + " of its memo");
    }
    push(value);
  }

  private void push(PickleValue value) {
    in.take(Budget.VALUE_BYTES);
    stack.add(value);
  }

  private PickleValue peek() {
    if (stack.size() <= floor()) {
      throw in.broken("too few values on its stack");
    }
    return stack.get(stack.size() - 1);
  }

  private PickleValue pop() {
    PickleValue value = peek();
    stack.remove(stack.size() - 1);
    return value;
  }

  /** Takes the topmost values away, lowest first. */
  private List<PickleValue> top(int count) {
    int from = stack.size() - count;
    if (from < floor()) {
      throw in.broken("too few values on its stack");
    }
    return takeFrom(from);
  }

  private List<PickleValue> toMark() {
    Integer mark = marks.poll();
    if (mark == null) {
      throw in.broken("no mark on its stack");
    }
    return takeFrom(mark);
  }

  private List<PickleValue> takeFrom(int from) {
    List<PickleValue> tail = stack.subList(from, stack.size());
    List<PickleValue> taken = new ArrayList<>(tail);
    tail.clear();
    return taken;
  }

  /** Values below the last mark are out of reach. */
  private int floor() {
    Integer mark = marks.peek();
    return mark == null ? 0 : mark;
  }
}
